import { JUDGE_PROMPT_PREFIX, Slug, VersionNumber } from "@assay/core";
import { z } from "zod";
import type { JudgeVersion } from "../define-scorer.ts";

const Written = z
  .string()
  .max(80)
  .regex(
    /^[a-z0-9]+(?:[-_.][a-z0-9]+)*(?:@[1-9]\d{0,9})?$/,
    "write a judge as the slug of its prompt, or as slug@version",
  );
const Pinned = z.strictObject({ prompt: Slug, version: VersionNumber });

/**
 * The option by which a scorer names its judge: a prompt of the tenant, in its newest version unless one is named.
 * Storing a suite pins the version.
 */
export function judgeOption(type: string) {
  return z
    .union([Written, Pinned])
    .default(`${JUDGE_PROMPT_PREFIX}${type}`)
    .describe("The prompt that judges, as slug or slug@version; storing the suite pins the version.");
}
export type JudgeReference = z.infer<ReturnType<typeof judgeOption>>;

/** The prompt of a reference and the version it names; null for the newest. */
export function parseJudgeReference(reference: JudgeReference): { prompt: string; version: number | null } {
  if (typeof reference !== "string") return reference;
  const [prompt = "", version] = reference.split("@");
  return { prompt, version: version === undefined ? null : Number(version) };
}

/** The version of a judge that a stored suite has pinned. */
export function pinnedJudge(reference: JudgeReference): JudgeVersion | undefined {
  const { prompt, version } = parseJudgeReference(reference);
  return version === null ? undefined : { prompt, version };
}
