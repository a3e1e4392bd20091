import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Hono } from "hono";

/** The files of the reference viewer, served from its package: nothing is fetched from elsewhere. */
const ASSETS: Record<string, string> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
};
const ASSET_PATH = "/reference";

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Assay API reference</title>
    <link rel="stylesheet" href="${ASSET_PATH}/swagger-ui.css">
  </head>
  <body>
    <main id="reference"></main>
    <script src="${ASSET_PATH}/swagger-ui-bundle.js"></script>
    <script src="${ASSET_PATH}/start.js"></script>
  </body>
</html>
`;

const START = `window.onload = () => SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  docExpansion: "none",
  tryItOutEnabled: true,
  persistAuthorization: false,
});
`;

function page(body: string, contentType: string): Response {
  return new Response(body, {
    headers: {
      "content-type": contentType,
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    },
  });
}

export function referencePage(): Response {
  return page(PAGE, "text/html; charset=utf-8");
}

export function serveReferenceAssets(app: Hono): void {
  const folder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  for (const [name, contentType] of Object.entries(ASSETS)) {
    app.get(`${ASSET_PATH}/${name}`, () => page(readFileSync(join(folder, name), "utf8"), contentType));
  }
  app.get(`${ASSET_PATH}/start.js`, () => page(START, "text/javascript; charset=utf-8"));
}
