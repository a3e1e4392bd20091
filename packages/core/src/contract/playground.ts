import { LIMITS } from "../limits.ts";
import { PlaygroundOutput, PlaygroundRequest } from "../playground.ts";
import { CaseOutcome } from "../run.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant", honoursConfinement: true } as const;

export const playgroundRoutes = defineRoutes({
  streamPlaygroundCompletion: {
    ...tenant,
    // Whoever may add a version and ask for it by its number may ask without adding it.
    scope: "edit",
    method: "POST",
    path: "/api/playground/completions",
    summary:
      "Try a content of a prompt that is no version of it; streams in OpenAI's shape, stored as no version",
    body: { kind: "json", schema: PlaygroundRequest, bytesMax: LIMITS.chatBodyBytesMax },
    output: { kind: "raw", status: 200, contentType: "text/event-stream" },
  },
  scorePlaygroundOutput: {
    ...tenant,
    storesNothing: true,
    scope: "use",
    method: "POST",
    path: "/api/playground/scores",
    summary: "Score one output by a suite's scorers that need to ask nobody; it counts nowhere",
    body: { kind: "json", schema: PlaygroundOutput, bytesMax: LIMITS.bodyBytesMax },
    output: { kind: "json", status: 200, schema: CaseOutcome },
  },
});
