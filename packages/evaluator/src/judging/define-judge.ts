import { type Json, JsonObject, type ScoreOutcome, type ScorerMeasure } from "@assay/core";
import { z } from "zod";
import {
  type AskingScorer,
  type JudgeQuestion,
  notScored,
  type ScoreInput,
  type ScorerPorts,
} from "../define-scorer.ts";
import { judgeData } from "./judge-data.ts";
import { type JudgeReference, judgeOption, pinnedJudge } from "./judge-reference.ts";

/** What a judge is shown, by the name of the variable; or why there is nothing to ask. */
export type JudgeView = { [name: string]: Json } | { gap: string };

/** One question, or several about the same output where the answers are held against each other. */
export interface JudgeDefinition<Shape extends z.ZodRawShape, Verdict extends z.ZodType> {
  type: string;
  title: string;
  description: string;
  revision: number;
  measure?: ScorerMeasure;
  /** Beside `judge`, which every judge has. */
  options: Shape;
  /** What the judge must answer: a strict object of texts, choices, truth values and lists of them. */
  verdict: Verdict;
  /** The verdict's schema for this very question where less would be a verdict on it: so many pieces, no other choices. */
  narrowed?(input: ScoreInput, options: z.infer<z.ZodObject<Shape>>): z.ZodType<z.infer<Verdict>>;
  /** What to ask, in order; each is a question of its own that knows nothing of the others. */
  views(input: ScoreInput, options: z.infer<z.ZodObject<Shape>>): JudgeView[] | { gap: string };
  /** The score of the verdicts, one for each view. */
  score(verdicts: z.infer<Verdict>[], input: ScoreInput, options: z.infer<z.ZodObject<Shape>>): ScoreOutcome;
}

/**
 * A scorer that asks a prompt version of the tenant. All that the judge is shown goes in as {@link judgeData}; an
 * answer outside the verdict's schema, and a question that failed, leave the output unscored with the reason.
 */
export function defineJudge<Shape extends z.ZodRawShape, Verdict extends z.ZodType>(
  definition: JudgeDefinition<Shape, Verdict>,
): AskingScorer {
  const { type, title, description, revision, measure, verdict } = definition;
  const options = z.strictObject({ judge: judgeOption(type), ...definition.options });
  const wide = { name: type.replaceAll("-", "_"), schema: schemaOf(verdict) };
  type Options = z.infer<z.ZodObject<Shape>> & { judge: JudgeReference };

  const ask = async (
    view: JudgeView,
    { judge: reference, schema }: { judge: JudgeReference; schema: JudgeQuestion["schema"] },
    ports: ScorerPorts,
  ): Promise<{ verdict: z.infer<Verdict> } | { gap: string }> => {
    if ("gap" in view && typeof view.gap === "string") return { gap: view.gap };
    const judge = pinnedJudge(reference);
    if (judge === undefined) return { gap: "the suite has not pinned its judge's version" };
    const variables = Object.fromEntries(
      Object.entries(view as { [name: string]: Json }).map(([name, value]) => [name, judgeData(value)]),
    );
    const answer = await ports.ask({ judge, variables, schema });
    if (answer.status === "failed") return { gap: answer.reason };
    const parsed = verdict.safeParse(answer.value);
    if (!parsed.success) return { gap: "the judge's answer is not a verdict of the form that was asked for" };
    return { verdict: parsed.data };
  };

  return {
    type,
    title,
    description,
    revision,
    ...(measure !== undefined && { measure }),
    kind: "judge",
    options,
    references: (given) => {
      const judge = pinnedJudge((given as Options).judge);
      return judge === undefined ? {} : { judges: [judge] };
    },
    assess: async (input, given, ports) => {
      const parsed = given as Options;
      const views = definition.views(input, parsed);
      if (!Array.isArray(views)) return notScored(views.gap);
      const narrowed = definition.narrowed?.(input, parsed);
      const schema = narrowed === undefined ? wide : { ...wide, narrowed: schemaOf(narrowed) };
      const verdicts: z.infer<Verdict>[] = [];
      for (const view of views) {
        const answer = await ask(view, { judge: parsed.judge, schema }, ports);
        if ("gap" in answer) return notScored(answer.gap);
        verdicts.push(answer.verdict);
      }
      return definition.score(verdicts, input, parsed);
    },
  };
}

function schemaOf(verdict: z.ZodType): { [key: string]: Json } {
  const { $schema: _, ...schema } = JsonObject.parse(z.toJSONSchema(verdict, { io: "output" }));
  return schema;
}
