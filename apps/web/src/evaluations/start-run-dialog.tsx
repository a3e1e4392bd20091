import type { RunDraft } from "@assay/core";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAll, useRead, useWrite } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { CasesField } from "./cases-field.tsx";
import { PlanView } from "./plan-view.tsx";
import { type RunChoice, runDraftOf } from "./run-draft-of.ts";
import { StartRunForm, StartRunOptions } from "./start-run-form.tsx";

interface StartRunDialogProps {
  initial: {
    suite?: string | undefined;
    prompt?: string | undefined;
    version?: number | undefined;
    failingIn?: string | undefined;
  };
  onClose: () => void;
}

const NOTHING_CHOSEN: RunChoice = {
  suite: "",
  version: "",
  cases: "all",
  tags: [],
  sample: "50",
  failingIn: "",
  budget: "",
  asksAnew: false,
  stopsEarly: false,
};

/** Chooses what to measure, and says what it would cost and could show before it begins. */
export function StartRunDialog({ initial, onClose }: StartRunDialogProps) {
  const { t } = useTranslation("evaluations");
  const suites = useAll("listSuites", {});
  const [chosen, setChosen] = useState<RunChoice>({
    ...NOTHING_CHOSEN,
    suite: initial.suite ?? "",
    version: initial.version === undefined ? "" : String(initial.version),
    failingIn: initial.failingIn ?? "",
    ...(initial.failingIn !== undefined && { cases: "failing" }),
  });
  const offered = (suites.data ?? []).filter(
    ({ spec }) => initial.prompt === undefined || spec.prompt === initial.prompt,
  );
  const choice = { ...chosen, suite: chosen.suite || (offered[0]?.slug ?? "") };
  const draft = runDraftOf(choice);
  const whole = useRead("planRun", { suite: choice.suite }, { isEnabled: choice.suite !== "" });
  const start = useStart();
  if (suites.data !== undefined && offered.length === 0) return <NoSuite onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("start")}
      description={t("startText")}
      actions={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          <Button
            look="primary"
            isBusy={start.isBusy}
            disabled={draft === undefined}
            onClick={() => draft !== undefined && start.start(draft)}
          >
            {t("startNow")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <StartRunForm suites={offered} choice={choice} onChange={setChosen} />
        <CasesField tags={whole.data?.tags ?? []} choice={choice} onChange={setChosen} />
        <StartRunOptions suites={offered} choice={choice} onChange={setChosen} />
        <Plan draft={draft} />
        <ErrorNotice error={start.error} />
      </div>
    </Dialog>
  );
}

function useStart() {
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const { mutateAsync, isPending, error } = useWrite("startRun", ["listRuns"]);
  const start = async (draft: RunDraft) => {
    const run = await mutateAsync(draft);
    await navigate({ to: "/t/$tenant/evaluations/$run", params: { tenant, run: run.id }, search: {} });
  };
  return { start: (draft: RunDraft) => void start(draft).catch(() => undefined), isBusy: isPending, error };
}

function Plan({ draft }: { draft: RunDraft | undefined }) {
  const { t } = useTranslation("evaluations");
  // Typing is not held up by what it asks for.
  const asked = useDeferredValue(draft);
  const plan = useRead("planRun", asked ?? { suite: "" }, { isEnabled: asked !== undefined });
  return (
    <PlanView
      plan={draft === undefined ? undefined : plan.data}
      error={draft === undefined ? null : plan.error}
      missing={draft === undefined ? t("chooseCases") : null}
    />
  );
}

function NoSuite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("evaluations");
  return (
    <Dialog isOpen onClose={onClose} title={t("start")}>
      <EmptyState title={t("noSuite")} action={<PlaceLink path="/suites">{t("toSuites")}</PlaceLink>}>
        {t("noSuiteText")}
      </EmptyState>
    </Dialog>
  );
}
