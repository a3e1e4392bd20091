#!/usr/bin/env node
// Plain JavaScript for any Node from 20 on. In a checkout the CLI is TypeScript, which Node 24 runs as it is: an
// older Node hands over to the one the project has installed. A built CLI needs neither.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "../src/main.ts");
const bundle = join(here, "../dist/main.js");
const entry = existsSync(source) ? source : bundle;

if (entry === bundle || process.features.typescript) await start();
else handOver(projectNode(here));

async function start() {
  // Compiled once and not at every call; in the checkout, and not where others may write. A built CLI starts as it is.
  if (entry === source) module.enableCompileCache(join(here, "../../../node_modules/.cache/assay"));
  await import(entry);
}

function projectNode(folder) {
  const candidate = join(folder, "node_modules/.bin/node");
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  if (parent !== folder) return projectNode(parent);
  process.stderr.write("assay: this checkout needs Node 24; run `npm ci` in it once to install its own.\n");
  process.exit(1);
}

function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}
