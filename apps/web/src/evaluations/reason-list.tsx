import type { RunBreakdown } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { useFormat } from "../i18n/format.ts";

interface ReasonListProps {
  reasons: RunBreakdown["reasons"];
  onCase: (key: string) => void;
}

/** Why answers have no score, the most frequent reason first. */
export function ReasonList({ reasons, onCase }: ReasonListProps) {
  const { t } = useTranslation("evaluations");
  const format = useFormat();
  return (
    <Card title={t("whyNoScore")}>
      <ul className="flex flex-col divide-y divide-line">
        {reasons.map(({ status, reason, count, caseKeys }) => (
          <li key={`${status} ${reason}`} className="flex flex-col gap-1 py-2.5 first:pt-0 last:pb-0">
            <div className="flex flex-wrap items-start gap-2">
              <Badge tone="bad">
                {format.integer(count)} × {t(`resultStatus.${status}`)}
              </Badge>
              <ForeignText text={reason} className="min-w-60 flex-1" />
            </div>
            <p className="text-sm">
              {caseKeys.map((key) => (
                <button
                  key={key}
                  type="button"
                  onClick={() => onCase(key)}
                  className="mr-2 text-accent underline-offset-2 [overflow-wrap:anywhere] hover:underline"
                >
                  <Bdi>{key}</Bdi>
                </button>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
