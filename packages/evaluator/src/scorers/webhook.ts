import { Slug } from "@assay/core";
import { z } from "zod";
import { defineAskingScorer } from "../define-scorer.ts";
import { isWebhookPath } from "../is-webhook-path.ts";
import { outsideBody, outsideScore } from "../outside-score.ts";

export const webhook = defineAskingScorer({
  type: "webhook",
  title: "Web hook",
  description:
    "A service of yours scores: it is sent {testCase, output, toolCalls}, signed with the connection's secret, and answers {score, reason} with a score of 0 to 1.",
  kind: "webhook",
  revision: 1,
  options: z.strictObject({
    connection: Slug.describe("A connection of the kind webhook."),
    path: z
      .string()
      .max(1_024)
      .refine(isWebhookPath, "begins with / and has letters, digits and . _ ~ - between single slashes")
      .default("/")
      .describe("Path below the connection's address."),
  }),
  references: ({ connection }) => ({ connections: [connection] }),
  assess: async (input, { connection, path }, ports) =>
    outsideScore(await ports.send({ connection, path, body: outsideBody(input) })),
});
