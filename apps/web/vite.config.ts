import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const COMPRESSED = /\.(js|css|html|svg|json)$/;

/** Once, when built, instead of at every request. */
function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    writeBundle: async ({ dir }) => {
      if (dir === undefined) return;
      for (const name of await readdir(dir, { recursive: true })) {
        if (!COMPRESSED.test(name)) continue;
        const path = join(dir, name);
        await writeFile(
          `${path}.gz`,
          gzipSync(await readFile(path), { level: constants.Z_BEST_COMPRESSION }),
        );
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), precompress()],
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // A few files in place of many small ones, which compress worse and cost a request each.
            {
              name: "libraries",
              test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|i18next|react-i18next|clsx|@tanstack\/(?!react-virtual|virtual)[a-z-]+)\//,
            },
            // What the log-in page too waits for; the rest of the frame comes with the first page inside.
            { name: "first-view", tags: ["$initial"] },
            // Of log-in and of pages inside: in the frame it would bring the whole frame along.
            { name: "fields", test: /components\/(field|form-values)|icons\/log-in\.mjs/ },
            { name: "login", test: /apps\/web\/src\/login\/(login-(page|form)|entrance|sso-|refused-login)/ },
            {
              name: "frame",
              test: /apps\/web\/src\/(api\/|i18n\/format|shell\/(?!command|shortcuts|prompt-commands|login-again)|theme\/|components\/(badge|card|interval-plot|label-badge|menu\.tsx|more-button|place-link|progress-bar|table|use-kept)).*\.tsx?$/,
            },
          ],
        },
      },
    },
  },
  // `npm run dev -w @assay/web` beside a server started with `npm start`.
  server: { proxy: { "/api": "http://127.0.0.1:4000", "/v1": "http://127.0.0.1:4000" } },
});
