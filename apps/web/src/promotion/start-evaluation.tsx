import type { Gate } from "@assay/core";
import { Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { PlaceLink } from "../components/place-link.tsx";

/** Measures a version on what the gate asks for, from where it is missing. */
export function StartEvaluation({ gate, version }: { gate: Gate; version: number }) {
  const { t } = useTranslation("promotion");
  const mayUse = useMay("use");
  const start = useWrite("startRun", ["getPromotion", "getOverview", "listRuns"]);
  const { suite, suiteVersion, datasetVersion } = gate;
  if (!mayUse) return <p className="text-sm text-ink-soft">{t("evidence.mayNotStart")}</p>;
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Button
          look="primary"
          icon={<Play className="size-4" aria-hidden />}
          isBusy={start.isPending}
          onClick={() => start.mutate({ suite, suiteVersion, datasetVersion, version })}
        >
          {t("evidence.start")}
        </Button>
        <PlaceLink
          path="/evaluations"
          search={{ start: "yes", suite, version }}
          className="text-sm text-accent hover:underline"
        >
          {t("evidence.plan")}
        </PlaceLink>
      </div>
      <ErrorNotice error={start.error} />
    </div>
  );
}
