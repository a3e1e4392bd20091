import { useTranslation } from "react-i18next";
import { useList, useRead } from "../api/use-api.ts";
import { SelectField } from "../components/field.tsx";
import { PagedSelectField } from "../components/paged-select-field.tsx";

interface MoveChooserProps {
  prompt: string;
  label: string;
  version: number;
  onChoose: (change: { version?: number; label?: string }) => void;
}

/** Which version is to go where. */
export function MoveChooser({ prompt, label, version, onChoose }: MoveChooserProps) {
  const { t } = useTranslation("promotion");
  const timeline = useList("listPromptTimeline", { prompt, limit: 50 });
  const labels = useRead("listLabels", { prompt });
  const gates = useRead("listGates", { prompt });
  const versions = new Map(
    (timeline.data ?? []).map(({ version: number, note, labels: names }) => [
      number,
      [t("versionLong", { version: number }), names.join(", "), note]
        .filter((part) => part !== null && part !== "")
        .join(" · ")
        .slice(0, 100),
    ]),
  );
  if (!versions.has(version)) versions.set(version, t("versionLong", { version }));
  const names = new Set([
    label,
    "production",
    ...(labels.data?.items ?? []).map(({ name }) => name),
    ...(gates.data?.items ?? []).map((gate) => gate.label),
    "staging",
  ]);
  return (
    <div className="flex flex-wrap items-end gap-4">
      <PagedSelectField
        of={timeline}
        className="min-w-60 flex-1"
        label={t("chooser.version")}
        value={String(version)}
        onChange={(event) => onChoose({ version: Number(event.target.value) })}
        options={[...versions].map(([number, text]) => ({ value: String(number), text }))}
      />
      <SelectField
        className="min-w-44 flex-1"
        label={t("chooser.label")}
        value={label}
        onChange={(event) => onChoose({ label: event.target.value })}
        options={[...names].map((name) => ({ value: name, text: name }))}
      />
    </div>
  );
}
