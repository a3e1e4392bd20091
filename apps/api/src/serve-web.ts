import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Hono, Context as HonoContext } from "hono";

const CONTENT_TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
  woff2: "font/woff2",
};
const INDEX = "/index.html";
/** Named by its content, so it never changes. */
const HASHED = /^\/assets\//;
/** Where a page of the UI cannot be: a miss there is a miss. */
const NOT_PAGES = /^\/(api|v1|assets)(\/|$)/;

interface WebFile {
  body: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer> | undefined;
  contentType: string;
}

/** Path → file of the built UI, all of it in memory: nothing that a request says ever becomes a file's name. */
export type WebFiles = ReadonlyMap<string, WebFile>;

/** Reads what `npm run build` made; empty when nothing was built, as in tests of the API. */
export function readWebFiles(folder = fileURLToPath(new URL("../../web/dist", import.meta.url))): WebFiles {
  const files = new Map<string, WebFile>();
  for (const path of filesBelow(folder)) {
    const contentType = CONTENT_TYPES[path.slice(path.lastIndexOf(".") + 1)];
    if (contentType === undefined) continue;
    const gzip = statSync(`${path}.gz`, { throwIfNoEntry: false })?.isFile() ? read(`${path}.gz`) : undefined;
    files.set(`/${relative(folder, path).split(sep).join("/")}`, { body: read(path), gzip, contentType });
  }
  return files;
}

function filesBelow(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function read(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path));
}

/** Serves the UI where no route of the contract is; every address that is a page answers the one page there is. */
export function serveWeb(app: Hono, files: WebFiles): void {
  const index = files.get(INDEX);
  if (index === undefined) return;
  const page = new TextDecoder().decode(index.body);
  for (const [path, file] of files) {
    if (path !== INDEX) app.get(path, (c) => webFileResponse(c, path, file));
  }
  app.get("*", async (c, next) => (NOT_PAGES.test(c.req.path) ? await next() : pageResponse(page)));
}

function webFileResponse(c: HonoContext, path: string, file: WebFile): Response {
  const isGzip = file.gzip !== undefined && /\bgzip\b/.test(c.req.header("accept-encoding") ?? "");
  return new Response(isGzip ? file.gzip : file.body, {
    headers: {
      "content-type": file.contentType,
      "cache-control": HASHED.test(path) ? "public, max-age=31536000, immutable" : "public, max-age=300",
      "x-content-type-options": "nosniff",
      vary: "accept-encoding",
      ...(isGzip && { "content-encoding": "gzip" }),
    },
  });
}

/** The editor writes its styles into the page by script, so they need the nonce of this answer. */
function pageResponse(page: string): Response {
  const nonce = randomBytes(16).toString("base64");
  const body = page.replace("<head>", `<head><meta property="csp-nonce" nonce="${nonce}">`);
  return new Response(body, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": contentSecurityPolicy(nonce),
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "camera=(), microphone=(), geolocation=()",
    },
  });
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
