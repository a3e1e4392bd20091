import { ClientError } from "@assay/client";
import type { PromptVersion } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { TextArea } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { contentOf } from "../components/prompt-form.ts";
import { notify } from "../components/toast.tsx";
import { useKeptText } from "../components/use-kept-text.ts";
import type { ShownProblem } from "../components/use-problem-words.ts";
import { ContentDiff } from "./content-diff.tsx";
import { ProblemList } from "./problem-list.tsx";
import type { PromptDraft } from "./use-prompt-draft.ts";

interface SaveDialogProps {
  prompt: string;
  draft: PromptDraft;
  newest: PromptVersion | null;
  /** The version that has this very content. */
  sameAs: number | null;
  problems: readonly ShownProblem[];
  onSaved: (version: number) => void;
  onClose: () => void;
}

/** Makes a version of the draft, with a word on why. What it would change stands above. */
export function SaveDialog({ prompt, draft, newest, sameAs, problems, onSaved, onClose }: SaveDialogProps) {
  const { t } = useTranslation("prompts");
  const [note, setNote] = useKeptText(`note.${prompt}`);
  const save = useSaveVersion(prompt, draft);
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  const { content } = contentOf(draft.form);
  const submit = async (fields: FormData) => {
    const version = await save(textIn(fields, "note"));
    setNote("");
    if (version !== null) onSaved(version);
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("save.title")}
      description={t("save.text")}
      submitText={t("save.submit")}
      onSubmit={submit}
    >
      {sameAs !== null && <p className="text-warn">{t("save.sameAs", { version: sameAs })}</p>}
      {errors.length > 0 && (
        <div className="flex flex-col gap-1">
          <p className="font-medium text-bad">{t("save.hasErrors")}</p>
          <ProblemList problems={errors} />
        </div>
      )}
      {errors.length === 0 && warnings.length > 0 && (
        <div className="flex flex-col gap-1">
          <p className="font-medium text-warn">{t("save.hasWarnings")}</p>
          <ProblemList problems={warnings} />
        </div>
      )}
      <TextArea
        name="note"
        label={t("save.note")}
        hint={t("save.noteHint")}
        maxLength={1_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        autoFocus
      />
      {newest !== null && (
        <details>
          <summary className="cursor-pointer text-sm font-medium">
            {t("save.changes", { version: newest.version })}
          </summary>
          <ContentDiff before={newest.content} after={content} />
        </details>
      )}
    </FormDialog>
  );
}

/** Answers the number of the new version, or null where there was one of this content already. */
function useSaveVersion(prompt: string, draft: PromptDraft) {
  const { t } = useTranslation("prompts");
  const add = useWrite("addPromptVersion", [
    "getPrompt",
    "listPromptSummaries",
    "listPromptTimeline",
    "listPromptVersions",
  ]);
  return async (note: string | undefined): Promise<number | null> => {
    const { form } = draft;
    const draftRevision = await draft.settle();
    const { content, problems } = contentOf(form);
    const [broken] = problems;
    if (broken !== undefined) throw new ClientError({ code: "invalid_input", message: t("save.hasErrors") });
    const { created, version } = await add.mutateAsync({
      prompt,
      content: content as never,
      ...(note !== undefined && { note }),
      ...(draftRevision !== null && { draftRevision }),
    });
    if (version === null) return null;
    notify(t(created ? "save.savedToast" : "save.sameAs", { version: version.version }));
    if (!created) return null;
    draft.finish(form, version.version);
    return version.version;
  };
}
