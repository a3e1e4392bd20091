import type { GatePolicy } from "@assay/core";
import { splitList } from "@assay/core/plain";
import { useTranslation } from "react-i18next";
import { Card } from "../components/card.tsx";
import { CheckField, SelectField, TextField } from "../components/field.tsx";
import { NumberField } from "../components/number-field.tsx";
import { policyWords } from "../gate/policy-words.ts";
import { useFormat } from "../i18n/format.ts";
import { without } from "./without.ts";

const FIRST_POLICY: GatePolicy = {
  label: "production",
  minCases: 30,
  minScore: { score: 0.9, on: "lower" },
  maxErrors: 0,
  noFlips: [],
  maxRegression: 0.02,
};

interface GateFormProps {
  gate: GatePolicy | undefined;
  hasJudges: boolean;
  onChange: (gate: GatePolicy | undefined) => void;
}

/** What a version must reach, as fields, and the same in words beside them. */
export function GateForm({ gate, hasJudges, onChange }: GateFormProps) {
  const { t } = useTranslation("suites");
  return (
    <section aria-labelledby="gate" className="flex flex-col gap-3">
      <h2 id="gate" className="text-lg font-semibold">
        {t("gate")}
      </h2>
      <CheckField
        label={t("hasGate")}
        hint={t("hasGateHint")}
        checked={gate !== undefined}
        onChange={({ target }) => onChange(target.checked ? FIRST_POLICY : undefined)}
      />
      {gate !== undefined && (
        <div className="grid items-start gap-5 lg:grid-cols-[1fr_22rem]">
          <div className="flex flex-col gap-4">
            <MainFields gate={gate} onChange={onChange} />
            <MoreFields gate={gate} onChange={onChange} />
          </div>
          <InWords gate={gate} hasJudges={hasJudges} />
        </div>
      )}
    </section>
  );
}

function InWords({ gate, hasJudges }: { gate: GatePolicy; hasJudges: boolean }) {
  const { t } = useTranslation("suites");
  const { t: ofGate } = useTranslation("gate");
  const format = useFormat();
  return (
    <Card title={t("inWords")} className="lg:sticky lg:top-4">
      <ul aria-live="polite" className="list-disc pl-4 text-sm">
        {policyWords(gate, { t: ofGate, format }, hasJudges).map((sentence) => (
          <li key={sentence} className="mb-1 [overflow-wrap:anywhere]">
            {sentence}
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface FieldsProps {
  gate: GatePolicy;
  onChange: (gate: GatePolicy) => void;
}

function MainFields({ gate, onChange }: FieldsProps) {
  const { t } = useTranslation("suites");
  const number = { wrongText: t("noNumber") };
  const { minScore } = gate;
  const setScore = (score: number | undefined) =>
    onChange(
      score === undefined
        ? without(gate, "minScore")
        : { ...gate, minScore: { on: minScore?.on ?? "lower", score } },
    );
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <TextField
        label={t("label")}
        value={gate.label}
        onChange={({ target }) => onChange({ ...gate, label: target.value })}
      />
      <NumberField
        label={t("minCases")}
        hint={t("minCasesHint")}
        {...number}
        value={gate.minCases}
        onChange={(minCases) => onChange({ ...gate, minCases: minCases ?? 1 })}
      />
      <NumberField
        label={t("minScore")}
        hint={t("minScoreHint")}
        {...number}
        value={minScore?.score}
        onChange={setScore}
      />
      <SelectField
        label={t("minScoreOn")}
        hint={t("minScoreOnHint")}
        disabled={minScore === undefined}
        value={minScore?.on ?? "lower"}
        onChange={({ target }) =>
          minScore !== undefined &&
          onChange({
            ...gate,
            minScore: { score: minScore.score, on: target.value === "mean" ? "mean" : "lower" },
          })
        }
        options={[
          { value: "lower", text: t("onLower") },
          { value: "mean", text: t("onMean") },
        ]}
      />
      <NumberField
        label={t("maxRegression")}
        hint={t("maxRegressionHint")}
        {...number}
        value={gate.maxRegression}
        onChange={(value) =>
          onChange(value === undefined ? without(gate, "maxRegression") : { ...gate, maxRegression: value })
        }
      />
      <NumberField
        label={t("maxErrors")}
        hint={t("maxErrorsHint")}
        {...number}
        value={gate.maxErrors}
        onChange={(maxErrors) => onChange({ ...gate, maxErrors: maxErrors ?? 0 })}
      />
      <TextField
        label={t("noFlips")}
        hint={t("noFlipsHint")}
        defaultValue={gate.noFlips.join(", ")}
        onChange={({ target }) => onChange({ ...gate, noFlips: splitList(target.value, ",") })}
      />
    </div>
  );
}

/** A millionth for one case is a thousandth for a thousand of them. */
const MICROS_OF_THOUSAND = 1_000;

function MoreFields({ gate, onChange }: FieldsProps) {
  const { t } = useTranslation("suites");
  const optional = (name: "minImprovement" | "maxLatencyP95Ms") => ({
    label: t(name),
    hint: t(`${name}Hint`),
    wrongText: t("noNumber"),
    value: gate[name],
    onChange: (value: number | undefined) =>
      onChange(value === undefined ? without(gate, name) : { ...gate, [name]: value }),
  });
  const cost = gate.maxCostPerCaseMicros;
  const approves = gate.approval === undefined ? "none" : gate.approval.byOther ? "other" : "any";
  return (
    <details>
      <summary className="w-fit cursor-pointer font-medium">{t("moreRequirements")}</summary>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        <NumberField {...optional("minImprovement")} />
        <NumberField {...optional("maxLatencyP95Ms")} />
        <NumberField
          label={t("maxCost")}
          hint={t("maxCostHint")}
          wrongText={t("noNumber")}
          value={cost === undefined ? undefined : cost / MICROS_OF_THOUSAND}
          onChange={(value) =>
            onChange(
              value === undefined
                ? without(gate, "maxCostPerCaseMicros")
                : { ...gate, maxCostPerCaseMicros: Math.round(value * MICROS_OF_THOUSAND) },
            )
          }
        />
        <SelectField
          label={t("approval")}
          value={approves}
          onChange={({ target }) =>
            onChange(
              target.value === "none"
                ? without(gate, "approval")
                : { ...gate, approval: { byOther: target.value === "other" } },
            )
          }
          options={(["none", "other", "any"] as const).map((value) => ({
            value,
            text: t(`approvals.${value}`),
          }))}
        />
      </div>
      <p className="mt-3 text-sm text-ink-soft">{t("restAsJson")}</p>
    </details>
  );
}
