import type { PromptVersion } from "@assay/core";
import { Info } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { readForm } from "../components/prompt-form.ts";
import { notify } from "../components/toast.tsx";
import { useFormat } from "../i18n/format.ts";
import type { PromptDraft } from "./use-prompt-draft.ts";
import { VersionDiffDialog } from "./version-diff-dialog.tsx";

interface DraftNoticesProps {
  prompt: string;
  draft: PromptDraft;
  newest: PromptVersion | null;
}

/** What happened elsewhere while this was written: another text of one's own, or a newer version. */
export function DraftNotices({ prompt, draft, newest }: DraftNoticesProps) {
  const isBehind =
    draft.state !== "untouched" && newest !== null && (draft.baseVersion ?? 0) < newest.version;
  return (
    <>
      {draft.other !== null && <OtherNotice draft={draft} />}
      {isBehind && <BehindNotice prompt={prompt} draft={draft} newest={newest} />}
    </>
  );
}

function Notice({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-3 rounded-lg bg-info-soft px-3.5 py-2.5 text-info"
    >
      <Info className="size-4.5 shrink-0" aria-hidden />
      <p className="min-w-0 flex-1 basis-64">{children}</p>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </div>
  );
}

function OtherNotice({ draft }: { draft: PromptDraft }) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  const { other } = draft;
  if (other === null) return null;
  const take = () => {
    const { form, baseVersion } = draft;
    draft.takeOther();
    notify(t("draft.taken"), () => draft.replace(form, baseVersion));
  };
  const isReadable = readForm(other.body) !== null;
  return (
    <Notice
      actions={
        <>
          <Button isSmall disabled={!isReadable} onClick={take}>
            {t("draft.takeOther")}
          </Button>
          <Button isSmall onClick={draft.leaveOther}>
            {t("draft.leaveOther")}
          </Button>
        </>
      }
    >
      {t(`draft.other.${draft.state === "parted" ? "window" : other.from}`, {
        when: format.dateTime(other.savedAt),
      })}
    </Notice>
  );
}

function BehindNotice({ prompt, draft, newest }: DraftNoticesProps & { newest: PromptVersion }) {
  const { t } = useTranslation("prompts");
  const [isOpen, setOpen] = useState(false);
  const versions = { base: draft.baseVersion ?? 0, newest: newest.version };
  return (
    <Notice
      actions={
        <>
          {draft.baseVersion !== null && (
            <Button isSmall onClick={() => setOpen(true)}>
              {t("draft.showChanges")}
            </Button>
          )}
          <Button isSmall onClick={() => draft.replace(draft.form, newest.version)}>
            {t("draft.rebase", versions)}
          </Button>
        </>
      }
    >
      {t("draft.behind", versions)}
      {isOpen && draft.baseVersion !== null && (
        <VersionDiffDialog
          prompt={prompt}
          from={draft.baseVersion}
          to={newest.version}
          onClose={() => setOpen(false)}
        />
      )}
    </Notice>
  );
}
