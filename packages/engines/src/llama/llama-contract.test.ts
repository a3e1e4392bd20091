import { engineContract } from "../testing/engine-contract.ts";
import { openLlamaEngine } from "./llama-engine.ts";
import { writeNanoFiles } from "./testing/nano-model.ts";

engineContract("llama", {
  async open() {
    const files = await writeNanoFiles({ contextTokens: 2_048 });
    const engine = openLlamaEngine();
    return {
      engine,
      target: files.base,
      async close() {
        await engine.close();
        await files.remove();
      },
    };
  },
  wordsPastContext: 3_000,
  unsupported: (request) => ({
    ...request,
    tools: [{ type: "function", function: { name: "look_up", parameters: { type: "object" } } }],
  }),
});
