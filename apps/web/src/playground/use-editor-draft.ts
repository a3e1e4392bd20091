import type { PromptContent } from "@assay/core";
import { useRead } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { contentOf, readForm } from "../prompts/prompt-form.ts";

interface EditorDraft {
  /** The version that it was begun from. */
  at: string;
  content: PromptContent;
}

/** What the person typed in the prompt's editor and did not save; null for none to be tried, undefined until it is known. */
export function useEditorDraft(prompt: string): EditorDraft | null | undefined {
  const mayEdit = useMay("edit");
  const { data, isPending } = useRead("getPromptDraft", { prompt }, { isEnabled: mayEdit });
  if (mayEdit && isPending) return undefined;
  const draft = data?.draft ?? null;
  const form = draft && readForm(draft.body);
  if (draft === null || form === null) return null;
  const { content, problems } = contentOf(form);
  const at = draft.baseVersion === null ? "latest" : String(draft.baseVersion);
  // The server says what else is wrong with it when it is asked.
  return problems.length > 0 ? null : { at, content: content as PromptContent };
}
