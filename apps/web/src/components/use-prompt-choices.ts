import { useAll } from "../api/use-api.ts";

/** The prompts that somebody chooses among: without those of judges, unless all are asked for. */
export function usePromptChoices({ isAll = false }: { isAll?: boolean } = {}) {
  return useAll("listPrompts", isAll ? {} : { judges: "false" });
}
