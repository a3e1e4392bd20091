import { z } from "zod";
import { defineScorer, scored } from "../define-scorer.ts";
import { parseJson } from "../parse-json.ts";

export const isJson = defineScorer({
  type: "is-json",
  title: "Is JSON",
  description: "1 when the whole output is one JSON value, else 0.",
  revision: 1,
  options: z.strictObject({}),
  score: ({ output }) => {
    const parsed = parseJson(output);
    return parsed.ok ? scored(1) : scored(0, parsed.message);
  },
});
