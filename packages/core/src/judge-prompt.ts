/** What the names of judges' prompts begin with; scorers look for theirs by it. */
export const JUDGE_PROMPT_PREFIX = "judge-";

/** Does this prompt judge the answers of others? People who work on prompts are shown these where they ask for them. */
export function isJudgePrompt(slug: string): boolean {
  return slug.startsWith(JUDGE_PROMPT_PREFIX);
}
