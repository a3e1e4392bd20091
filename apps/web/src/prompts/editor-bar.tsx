import type { PromptVersion } from "@assay/core";
import { CircleCheck, CloudOff, Loader } from "lucide-react";
import { useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { emptyForm, formOf, isSameForm } from "../components/prompt-form.ts";
import type { ShownProblem } from "../components/use-problem-words.ts";
import { SaveDialog } from "./save-dialog.tsx";
import { SavedNotice } from "./saved-notice.tsx";
import { hasErrors } from "./shown-problems.ts";
import type { PromptChecking } from "./use-prompt-check.ts";
import type { PromptDraft } from "./use-prompt-draft.ts";

interface EditorBarProps {
  prompt: string;
  draft: PromptDraft;
  newest: PromptVersion | null;
  checking: PromptChecking;
  problems: readonly ShownProblem[];
}

/** How the draft stands, and the way on: saving it as a version. Stays in view. */
export function EditorBar({ prompt, draft, newest, checking, problems }: EditorBarProps) {
  const { t } = useTranslation("prompts");
  const [isSaving, setSaving] = useState(false);
  const [savedVersion, setSavedVersion] = useState<number | null>(null);
  const isUnchanged = newest !== null && isSameForm(draft.form, formOf(newest.content));
  useSaveKey(!isUnchanged && !isSaving, () => setSaving(true));
  const discard = () =>
    draft.discard(newest === null ? emptyForm() : formOf(newest.content), newest?.version ?? null);
  return (
    <div className="sticky top-12 z-20 flex flex-col gap-2 bg-canvas py-2 md:top-0">
      <div className="flex flex-wrap items-center gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <DraftState draft={draft} isUnchanged={isUnchanged} />
          <ProblemCount problems={problems} />
        </div>
        {draft.state !== "untouched" && (
          <ConfirmButton
            isSmall
            text={t("draft.discard")}
            question={t(newest === null ? "draft.discardAll" : "draft.discardQuestion")}
            confirmText={t("draft.discard")}
            onConfirm={discard}
          />
        )}
        <Button
          look="primary"
          disabled={isUnchanged}
          data-action="save-version"
          onClick={() => setSaving(true)}
        >
          {t("save.title")}
        </Button>
      </div>
      {savedVersion !== null && isUnchanged && <SavedNotice prompt={prompt} version={savedVersion} />}
      {isSaving && (
        <SaveDialog
          prompt={prompt}
          draft={draft}
          newest={newest}
          sameAs={checking.isBehind ? null : (checking.check?.sameAs ?? null)}
          problems={problems}
          onSaved={setSavedVersion}
          onClose={() => setSaving(false)}
        />
      )}
    </div>
  );
}

/** Ctrl+S, as everywhere, from when there is something to save. */
function useSaveKey(isOn: boolean, onSave: () => void): void {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      if (isOn) onSave();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isOn, onSave]);
}

const STATE_ICONS = {
  untouched: CircleCheck,
  saving: Loader,
  saved: CircleCheck,
  browserOnly: CloudOff,
  parted: CloudOff,
} as const;

function DraftState({
  draft: { state, baseVersion },
  isUnchanged,
}: {
  draft: PromptDraft;
  isUnchanged: boolean;
}) {
  const { t } = useTranslation("prompts");
  const Icon = STATE_ICONS[state];
  const base = baseVersion === null ? t("draft.ofNothing") : t("draft.ofVersion", { version: baseVersion });
  return (
    <p role="status" className="flex items-center gap-1.5 text-sm text-ink-soft" data-draft-state={state}>
      <Icon className="size-4 shrink-0" aria-hidden />
      {isUnchanged
        ? t("draft.unchanged", { version: baseVersion ?? 1 })
        : `${base} · ${t(`draft.states.${state}`)}`}
    </p>
  );
}

function ProblemCount({ problems }: { problems: readonly ShownProblem[] }) {
  const { t } = useTranslation("prompts");
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (!hasErrors(problems)) return null;
  return <p className="text-sm font-medium text-bad">{t("problems.count", { count: errors })}</p>;
}
