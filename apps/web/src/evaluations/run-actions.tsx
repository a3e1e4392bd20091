import type { Run } from "@assay/core";
import { useNavigate } from "@tanstack/react-router";
import { EllipsisVertical, GitCompare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { Button, buttonClass } from "../components/button.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Menu, type MenuItem } from "../components/menu.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { type FollowUp, followUpsOf } from "./follow-ups-of.ts";
import { isActive } from "./run-status.tsx";

/** What can be done with a run: stop it, compare it, start what should follow it. */
export function RunActions({ run }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  const mayUse = useMay("use");
  const cancel = useWrite("cancelRun", ["getRun", "listRuns"]);
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
      <WhatNext run={run} />
    </>
  );
}

function WhatNext({ run }: { run: Run }) {
  const { t } = useTranslation("evaluations");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const mayUse = useMay("use");
  const mayEdit = useMay("edit");
  const start = useWrite("startRun", ["listRuns"]);
  const follow = async ({ draft }: FollowUp) => {
    const started = await start.mutateAsync(draft);
    await navigate({ to: "/t/$tenant/evaluations/$run", params: { tenant, run: started.id }, search: {} });
  };
  const edit = () => navigate({ to: "/t/$tenant/prompts/$prompt", params: { tenant, prompt: run.prompt } });
  const items: MenuItem[] = (mayUse ? followUpsOf(run) : []).map((followUp) => ({
    text: t(`followUp.${followUp.name}`),
    onSelect: () => void follow(followUp).catch(() => undefined),
  }));
  // What keeps a version from passing is most often its text.
  const isRefused = run.verdict !== null && run.verdict.outcome !== "pass";
  if (isRefused && mayEdit) items.unshift({ text: t("followUp.editPrompt"), onSelect: () => void edit() });
  if (items.length === 0) return null;
  return (
    <>
      <Menu
        label={t("followUps")}
        trigger={
          <Button isBusy={start.isPending} icon={<EllipsisVertical className="size-4" aria-hidden />}>
            {t("followUps")}
          </Button>
        }
        items={items}
      />
      <ErrorNotice error={start.error} />
    </>
  );
}
