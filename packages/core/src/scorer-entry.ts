import { z } from "zod";
import { isOpenAiGrader, OpenAiGrader, scorerUseOfGrader } from "./openai-grader.ts";
import { resolveScorerAlias } from "./scorer-alias.ts";
import { ScorerUse } from "./scorer-use.ts";

type Input = z.input<typeof ScorerUse> | z.input<typeof OpenAiGrader>;

const { $schema: _, ...documented } = z.toJSONSchema(z.union([ScorerUse, OpenAiGrader]), { io: "input" });

/**
 * A scorer as a suite may give it: a use under our name or promptfoo's (`icontains`, `not-equals`), or a grader of
 * OpenAI's. What comes out is a plain use. Not a union, so that an error is about what was meant.
 */
export const ScorerEntry = z
  .unknown()
  .meta(documented)
  .transform((entry, context) => {
    if (!isOpenAiGrader(entry)) return withoutAlias(entry);
    if ((entry as { type: unknown }).type === "python") {
      const message =
        "python graders are not taken: no code of a suite runs on a server. Write a web hook, or a javascript scorer for your own machine";
      context.addIssue({ code: "custom", message, path: ["type"] });
      return z.NEVER;
    }
    const grader = OpenAiGrader.safeParse(entry);
    if (grader.success) return scorerUseOfGrader(grader.data);
    for (const { path, message } of grader.error.issues)
      context.addIssue({ code: "custom", message, path: [...path] });
    return z.NEVER;
  })
  .pipe(ScorerUse) as unknown as z.ZodType<ScorerUse, Input>;

/** The metric keeps the name that was written, so that two names of one scorer can stand in one suite. */
function withoutAlias(entry: unknown): unknown {
  if (typeof entry !== "object" || entry === null || !("type" in entry)) return entry;
  const alias = typeof entry.type === "string" ? resolveScorerAlias(entry.type) : undefined;
  if (alias === undefined) return entry;
  const { type: name, options, negate, ...rest } = entry as z.input<typeof ScorerUse>;
  const isNegated = (alias.negate ?? false) !== (negate ?? false);
  return {
    name,
    ...rest,
    type: alias.type,
    ...((isNegated || negate !== undefined) && { negate: isNegated }),
    options: isPlain(options) || options === undefined ? { ...alias.options, ...options } : options,
  };
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
