import type { Verdict } from "@assay/core";
import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../components/badge.tsx";

const LOOKS: Record<Verdict["outcome"], { tone: Tone; icon: typeof CircleCheck }> = {
  pass: { tone: "good", icon: CircleCheck },
  fail: { tone: "bad", icon: CircleX },
  inconclusive: { tone: "warn", icon: CircleHelp },
};

/** A gate's verdict in a word or two. */
export function VerdictBadge({ outcome }: Pick<Verdict, "outcome">) {
  const { t } = useTranslation("gate");
  const { tone, icon: Icon } = LOOKS[outcome];
  return (
    <Badge tone={tone}>
      <Icon className="size-3.5 shrink-0" aria-hidden />
      {t(`verdict.${outcome}`)}
    </Badge>
  );
}
