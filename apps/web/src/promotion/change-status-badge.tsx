import type { ChangeStatus } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../components/badge.tsx";

const TONES: Record<ChangeStatus, Tone> = {
  open: "info",
  approved: "good",
  rejected: "bad",
  withdrawn: "neutral",
  carried_out: "good",
};

export function ChangeStatusBadge({ status }: { status: ChangeStatus }) {
  const { t } = useTranslation("promotion");
  return <Badge tone={TONES[status]}>{t(`changeStatus.${status}`)}</Badge>;
}
