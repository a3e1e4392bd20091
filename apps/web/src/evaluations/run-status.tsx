import type { Run } from "@assay/core";
import { Ban, CircleAlert, CircleCheck, Clock, LoaderCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../components/badge.tsx";

const LOOKS: Record<Run["status"], { tone: Tone; icon: typeof Clock }> = {
  queued: { tone: "neutral", icon: Clock },
  running: { tone: "info", icon: LoaderCircle },
  completed: { tone: "neutral", icon: CircleCheck },
  failed: { tone: "bad", icon: CircleAlert },
  cancelled: { tone: "neutral", icon: Ban },
};

export function isActive({ status }: Pick<Run, "status">): boolean {
  return status === "queued" || status === "running";
}

/** How far a run has come, in a word. */
export function RunStatus({ run }: { run: Pick<Run, "status"> }) {
  const { t } = useTranslation("evaluations");
  const { tone, icon: Icon } = LOOKS[run.status];
  return (
    <Badge tone={tone}>
      <Icon className={run.status === "running" ? "size-3.5 animate-spin" : "size-3.5"} aria-hidden />
      {t(`status.${run.status}`)}
    </Badge>
  );
}
