import type { LocalTarget } from "@assay/core";
import { openLlamaEngine } from "../llama-engine.ts";

// Run as a process of its own by a test: opens an engine, reports its child's id once it answers, and waits to die.
const [modelSha256 = "", modelPath = ""] = process.argv.slice(2);
const target: LocalTarget = { kind: "local", modelSha256, modelPath };
const engine = openLlamaEngine();
const call = {
  tenantId: "ten_orphan",
  priority: "interactive" as const,
  signal: new AbortController().signal,
};
const request = { target, input: { text: "hello" }, sampling: { temperature: 0, maxTokens: 400 } };
for await (const event of engine.generate(request, call))
  if (event.type === "text") process.send?.(engine.childPid(modelSha256));
setInterval(() => undefined, 60_000);
