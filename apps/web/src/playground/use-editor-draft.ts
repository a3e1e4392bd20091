import { useRead } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { type DraftState, draftStateOf } from "./draft-state.ts";

type ReadyDraft = Extract<DraftState, { kind: "ready" }>;

/** What the person typed in the prompt's editor and did not save; null for none to be tried, undefined until it is known. */
export function useEditorDraft(prompt: string): ReadyDraft | null | undefined {
  const state = useDraftState(prompt);
  return state === undefined ? undefined : state.kind === "ready" ? state : null;
}

/** The same with why it cannot be tried. */
export function useDraftState(prompt: string): DraftState | undefined {
  const mayEdit = useMay("edit");
  const { data, isPending } = useRead("getPromptDraft", { prompt }, { isEnabled: mayEdit });
  if (mayEdit && isPending) return undefined;
  return draftStateOf(data?.draft ?? null);
}
