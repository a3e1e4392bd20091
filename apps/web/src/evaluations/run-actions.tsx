import type { Run } from "@assay/core";
import { useNavigate } from "@tanstack/react-router";
import { EllipsisVertical, GitCompare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { Button, buttonClass } from "../components/button.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Menu } from "../components/menu.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { type FollowUp, followUpsOf } from "./follow-ups-of.ts";
import { isActive } from "./run-status.tsx";

/** What can be done with a run: stop it, compare it, start what should follow it. */
export function RunActions({ run }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const mayUse = useMay("use");
  const cancel = useWrite("cancelRun", ["getRun", "listRuns"]);
  const start = useWrite("startRun", ["listRuns"]);
  const follow = async ({ draft }: FollowUp) => {
    const started = await start.mutateAsync(draft);
    await navigate({ to: "/t/$tenant/evaluations/$run", params: { tenant, run: started.id }, search: {} });
  };
  const followUps = followUpsOf(run);
  return (
    <>
      {run.status === "completed" && run.baselineRunId !== null && (
        <PlaceLink
          path="/evaluations/compare"
          search={{ runs: `${run.baselineRunId},${run.id}` }}
          className={buttonClass()}
        >
          <GitCompare className="size-4" aria-hidden />
          {t("compareWithInUse")}
        </PlaceLink>
      )}
      {mayUse && isActive(run) && (
        <ConfirmButton
          text={t("cancelRun")}
          question={t("cancelQuestion")}
          confirmText={t("cancelRun")}
          onConfirm={() => cancel.mutateAsync({ runId: run.id })}
        />
      )}
      {mayUse && followUps.length > 0 && (
        <Menu
          label={t("followUps")}
          trigger={
            <Button isBusy={start.isPending} icon={<EllipsisVertical className="size-4" aria-hidden />}>
              {t("followUps")}
            </Button>
          }
          items={followUps.map((followUp) => ({
            text: t(`followUp.${followUp.name}`),
            onSelect: () => void follow(followUp).catch(() => undefined),
          }))}
        />
      )}
      <ErrorNotice error={start.error} />
    </>
  );
}
