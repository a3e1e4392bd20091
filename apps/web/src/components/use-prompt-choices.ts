import { useList } from "../api/use-api.ts";

const CHOICES_MAX = 200;

/** The prompts that somebody chooses among: without those of judges, unless all are asked for. */
export function usePromptChoices({ isAll = false }: { isAll?: boolean } = {}) {
  return useList("listPrompts", { limit: CHOICES_MAX, ...(!isAll && { judges: "false" as const }) });
}
