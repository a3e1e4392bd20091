import type { Promotion } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Card } from "../components/card.tsx";
import { DiffView } from "./diff-view.tsx";
import { GateCard } from "./gate-card.tsx";
import { MoveActions } from "./move-actions.tsx";
import { MoveSummary } from "./move-summary.tsx";

/** Verdict first, then what would change for whom, and the buttons in view all the time. */
export function PromotionView({ promotion }: { promotion: Promotion }) {
  const { t } = useTranslation("promotion");
  const { diff, present, version } = promotion;
  const isSame = present?.version === version;
  return (
    <div className="flex flex-col gap-5">
      <MoveSummary promotion={promotion} />
      <MoveActions promotion={promotion} />
      <GateCard promotion={promotion} />
      {!isSame && (
        <Card
          title={
            present === null
              ? t("diff.titleNew", { version })
              : t("diff.title", { from: present.version, to: version })
          }
        >
          <DiffView diff={diff} />
        </Card>
      )}
    </div>
  );
}
