import type { Json, ScorerInfo, ScorerUse } from "@assay/core";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { IconButton } from "../components/button.tsx";
import { CheckField, TextField } from "../components/field.tsx";
import { NumberField } from "../components/number-field.tsx";
import { OptionField } from "./option-field.tsx";
import { optionsOf } from "./option-kind.ts";

interface ScorerFormProps {
  use: ScorerUse;
  info: ScorerInfo | undefined;
  onChange: (use: ScorerUse) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One use of a scorer: how much it counts, from where it passes, and its own options. */
export function ScorerForm({ use, info, onChange, onMove, onRemove }: ScorerFormProps) {
  const { t } = useTranslation("suites");
  const name = use.name ?? use.type;
  const setOption = (option: string, value: Json | undefined) => {
    const { [option]: _, ...rest } = use.options;
    onChange({ ...use, options: value === undefined ? rest : { ...use.options, [option]: value } });
  };
  return (
    <fieldset className="flex flex-col gap-3 rounded-xl border border-line p-4">
      <legend className="sr-only">
        <Bdi>{name}</Bdi>
      </legend>
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-48 flex-1">
          <p className="flex flex-wrap items-center gap-2 font-semibold">
            <span lang="en">{info?.title ?? use.type}</span>
            {info !== undefined && info.kind !== "deterministic" && (
              <Badge tone="info">{t(`kind.${info.kind}`)}</Badge>
            )}
          </p>
          <p lang="en" className="text-sm text-ink-soft">
            {info?.description}
          </p>
        </div>
        <IconButton
          label={t("moveUp", { name })}
          icon={<ArrowUp className="size-4" aria-hidden />}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t("moveDown", { name })}
          icon={<ArrowDown className="size-4" aria-hidden />}
          onClick={() => onMove(1)}
        />
        <IconButton
          label={t("removeScorer", { name })}
          icon={<Trash2 className="size-4" aria-hidden />}
          onClick={onRemove}
        />
      </div>
      <Counting use={use} onChange={onChange} />
      {optionsOf(info?.options ?? {}).map((option) => (
        <OptionField
          key={option.name}
          option={option}
          value={use.options[option.name]}
          onChange={(value) => setOption(option.name, value)}
        />
      ))}
    </fieldset>
  );
}

function Counting({ use, onChange }: Pick<ScorerFormProps, "use" | "onChange">) {
  const { t } = useTranslation("suites");
  const { name: _, threshold: __, ...unnamed } = use;
  const rename = (name: string) => {
    const kept = { ...unnamed, ...(use.threshold !== undefined && { threshold: use.threshold }) };
    onChange(name === "" ? kept : { ...kept, name });
  };
  const setThreshold = (threshold: number | undefined) => {
    const kept = { ...unnamed, ...(use.name !== undefined && { name: use.name }) };
    onChange(threshold === undefined ? kept : { ...kept, threshold });
  };
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField
          label={t("metricName")}
          hint={t("metricNameHint", { type: use.type })}
          value={use.name ?? ""}
          onChange={({ target }) => rename(target.value)}
        />
        <NumberField
          label={t("weight")}
          hint={t("weightHint")}
          wrongText={t("noNumber")}
          value={use.weight}
          onChange={(weight) => onChange({ ...use, weight: weight ?? 0 })}
        />
        <NumberField
          label={t("threshold")}
          hint={t("thresholdHint")}
          wrongText={t("noNumber")}
          value={use.threshold}
          onChange={setThreshold}
        />
      </div>
      <CheckField
        label={t("negate")}
        hint={t("negateHint")}
        checked={use.negate === true}
        onChange={({ target }) => onChange({ ...use, negate: target.checked })}
      />
    </>
  );
}
