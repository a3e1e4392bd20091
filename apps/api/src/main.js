import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Before anything of ours is loaded: TypeScript is then stripped and compiled once and not at every start, which costs
// half a second and 40 MB. In the checkout and not in the machine's folder for temporary files, where others may write.
// This file is JavaScript because Node would load what strips TypeScript for it alone, 13 MB that stay.
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/assay", import.meta.url)));
await import("./run-server.ts");
