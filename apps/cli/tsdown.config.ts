import { defineConfig } from "tsdown";

// Our own packages go into the bundle; npm's stay outside, and so does the application that `--local` loads on demand.
export default defineConfig({
  entry: ["src/main.ts"],
  platform: "node",
  target: "node20",
  format: "esm",
  dts: false,
  fixedExtension: false,
  deps: { alwaysBundle: [/^@assay\/(client|core)$/], neverBundle: [/^@assay\/api$/] },
});
