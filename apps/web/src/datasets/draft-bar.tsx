import type { Dataset } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { notify } from "../components/toast.tsx";
import { countsOf, isEmptyDraft } from "./draft.ts";
import type { Go } from "./page-props.ts";
import { PublishDialog } from "./publish-dialog.tsx";
import { RebaseDialog } from "./rebase-dialog.tsx";
import { useCountText } from "./use-count-text.ts";
import type { DraftHandle } from "./use-draft.ts";

interface DraftBarProps {
  dataset: Dataset;
  drafting: DraftHandle;
  go: Go;
}

/** What is changed and not published yet, and what can be done with it. */
export function DraftBar({ dataset, drafting, go }: DraftBarProps) {
  const { t } = useTranslation("datasets");
  const [open, setOpen] = useState<"publish" | "rebase" | null>(null);
  const countText = useCountText();
  const { draft, isLoaded, isUnkept, change, forget } = drafting;
  if (!isLoaded || isEmptyDraft(draft)) return null;
  const isBehind = draft.base !== dataset.latestVersion;
  const discard = () => {
    forget();
    notify(t("discarded"), () => change(() => draft));
  };
  return (
    <section
      aria-label={t("draft")}
      className="flex flex-wrap items-center gap-3 rounded-xl border border-warn/50 bg-warn-soft px-4 py-2.5"
    >
      <div role="status" className="min-w-48 flex-1">
        <p className="font-semibold">{countText(countsOf(draft))}</p>
        <p className="text-sm">
          {isUnkept
            ? t("draftUnkept")
            : isBehind
              ? t("draftBehind", { version: dataset.latestVersion })
              : t("draftKept")}
        </p>
      </div>
      <Button onClick={discard}>{t("discard")}</Button>
      {isBehind ? (
        <Button look="primary" onClick={() => setOpen("rebase")}>
          {t("bringUp", { version: dataset.latestVersion })}
        </Button>
      ) : (
        <Button look="primary" onClick={() => setOpen("publish")}>
          {t("publishAs", { version: (draft.base ?? 0) + 1 })}
        </Button>
      )}
      {open === "publish" && <PublishDialog {...{ dataset, drafting, go }} onClose={() => setOpen(null)} />}
      {open === "rebase" && <RebaseDialog {...{ dataset, drafting }} onClose={() => setOpen(null)} />}
    </section>
  );
}
