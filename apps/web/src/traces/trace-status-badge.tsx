import type { Trace } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";

const TONES = { completed: "good", failed: "bad", cancelled: "neutral" } as const;

/** How a request ended, and by which code where it failed. */
export function TraceStatusBadge({ trace: { status, failureCode } }: { trace: Trace }) {
  const { t } = useTranslation("traces");
  return (
    <Badge tone={TONES[status]}>
      {t(`statuses.${status}`)}
      {status === "failed" && failureCode !== null && <code className="font-normal">{failureCode}</code>}
    </Badge>
  );
}
