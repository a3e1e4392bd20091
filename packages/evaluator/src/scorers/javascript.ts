import { Sha256 } from "@assay/core";
import { z } from "zod";
import { defineAskingScorer } from "../define-scorer.ts";
import { outsideBody, outsideScore } from "../outside-score.ts";

export const javascript = defineAskingScorer({
  type: "javascript",
  title: "JavaScript on your own machine",
  description:
    "A file of yours exports a function that takes {testCase, output, toolCalls} and gives {score, reason} with a score of 0 to 1. Only with `assay eval --local`: a server runs no code of a suite.",
  kind: "script",
  revision: 1,
  options: z.strictObject({
    file: z
      .string()
      .min(1)
      .max(1_024)
      .regex(/\.(?:js|mjs|ts|mts)$/, "name a .js, .mjs, .ts or .mts file")
      .describe("Path of the file, from the suite's own folder."),
    sha256: Sha256.describe("Of the file; the CLI fills it in, so that a changed file is other evidence."),
  }),
  references: ({ file }) => ({ scripts: [file] }),
  assess: async (input, { file, sha256 }, ports) =>
    outsideScore(await ports.runScript({ file, sha256, body: outsideBody(input) })),
});
