import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * Names the native code that turns a request into tokens, for example `llama.cpp v0.5.0 / node-llama-cpp 3.22.1`.
 * Read from the installed package's own files: nothing native is loaded for it.
 */
export const LLAMA_BUILD: string = readBuild();

function readBuild(): string {
  const root = join(dirname(createRequire(import.meta.url).resolve("node-llama-cpp")), "..");
  const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(root, file), "utf8"));
  const release = read("llama/binariesGithubRelease.json").release;
  return `llama.cpp ${release} / node-llama-cpp ${read("package.json").version}`;
}
