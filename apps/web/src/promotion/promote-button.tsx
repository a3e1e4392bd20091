import type { Promotion } from "@assay/core";
import { ArrowUpFromLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { CHANGED_BY_MOVE } from "../api/changed-by-move.ts";
import { useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { notify } from "../components/toast.tsx";
import { useRollback } from "./use-rollback.ts";

/** Moves the label, if it still stands where the person sees it, and offers the way back. */
export function PromoteButton({ promotion, isEnabled }: { promotion: Promotion; isEnabled: boolean }) {
  const { t } = useTranslation("promotion");
  const { prompt, label, version, present } = promotion;
  const move = useWrite("moveLabel", CHANGED_BY_MOVE);
  const rollback = useRollback();
  const promote = async () => {
    await move.mutateAsync({ prompt, label, version, expectedVersion: present?.version ?? null });
    const undo =
      present === null || present.version === version
        ? undefined
        : () => void rollback({ prompt, label, version: present.version, reason: t("rollback.atOnce") });
    notify(t("promote.done", { label, version }), undo);
  };
  return (
    <>
      <Button
        look="primary"
        icon={<ArrowUpFromLine className="size-4" aria-hidden />}
        isBusy={move.isPending}
        disabled={!isEnabled}
        aria-describedby="why-not"
        onClick={() => void promote().catch(() => undefined)}
      >
        {t("promote.button", { version, label })}
      </Button>
      {move.error !== null && (
        <div className="basis-full">
          <ErrorNotice error={move.error} />
        </div>
      )}
    </>
  );
}
