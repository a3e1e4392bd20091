import type { PromptContent } from "@assay/core";
import { contentOf, type FormProblem, readForm } from "../components/prompt-form.ts";

/** What a person's draft of a prompt is to the playground. */
export type DraftState =
  | { kind: "none" }
  /** Kept by another version of the editor. */
  | { kind: "unreadable" }
  /** Nothing can be asked with it before this is mended. */
  | { kind: "wrong"; problems: FormProblem[] }
  | {
      kind: "ready";
      /** The version that it was begun from. */
      at: string;
      content: PromptContent;
    };

interface KeptDraft {
  baseVersion: number | null;
  body: string;
}

export function draftStateOf(draft: KeptDraft | null): DraftState {
  if (draft === null) return { kind: "none" };
  const form = readForm(draft.body);
  if (form === null) return { kind: "unreadable" };
  const { content, problems } = contentOf(form);
  if (problems.length > 0) return { kind: "wrong", problems };
  const at = draft.baseVersion === null ? "latest" : String(draft.baseVersion);
  // The server says what else is wrong with it when it is asked.
  return { kind: "ready", at, content: content as PromptContent };
}
