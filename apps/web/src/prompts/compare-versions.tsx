import type { TimelineVersion } from "@assay/core";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { SelectField } from "../components/field.tsx";
import { QualityDifference } from "./quality-difference.tsx";
import { VersionDiff } from "./version-diff.tsx";

interface CompareVersionsProps {
  prompt: string;
  from: number;
  to: number;
  /** The versions that can be chosen. */
  known: readonly TimelineVersion[];
  onChoose: (versions: { from: number; to: number } | null) => void;
}

/** Two versions beside each other, and whether one is better. */
export function CompareVersions({ prompt, from, to, known, onChoose }: CompareVersionsProps) {
  const { t } = useTranslation("prompts");
  const numbers = [...new Set([...known.map(({ version }) => version), from, to])].sort((a, b) => b - a);
  const options = numbers.map((version) => ({ value: String(version), text: t("version", { version }) }));
  return (
    <Card
      title={t("diff.title", { from, to })}
      actions={
        <IconButton
          label={t("diff.close")}
          icon={<X className="size-4" aria-hidden />}
          onClick={() => onChoose(null)}
        />
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-3">
          <SelectField
            label={t("diff.before")}
            value={String(from)}
            onChange={(event) => onChoose({ from: Number(event.target.value), to })}
            options={options}
          />
          <SelectField
            label={t("diff.after")}
            value={String(to)}
            onChange={(event) => onChoose({ from, to: Number(event.target.value) })}
            options={options}
          />
        </div>
        <QualityDifference prompt={prompt} from={measured(known, from)} to={measured(known, to)} />
        <VersionDiff prompt={prompt} from={from} to={to} />
      </div>
    </Card>
  );
}

function measured(known: readonly TimelineVersion[], version: number) {
  return { version, evidence: known.find((each) => each.version === version)?.evidence ?? null };
}
