import { useTranslation } from "react-i18next";
import { Card } from "../components/card.tsx";
import { SelectField, TextArea, TextField } from "../components/field.tsx";
import { SAMPLING_NAMES, type SamplingName } from "../components/prompt-form.ts";
import { ProblemList } from "./problem-list.tsx";
import type { SectionProps } from "./section-props.ts";
import { problemsAt } from "./shown-problems.ts";
import { useModelChoices } from "./use-model-choices.ts";

/** Which model answers, with which adapter, and how its words are chosen. */
export function ModelSection({ form, change, problems }: SectionProps) {
  const { t } = useTranslation("prompts");
  const { models, adapters } = useModelChoices(form);
  const setSampling = (name: SamplingName, value: string) =>
    change((now) => ({ ...now, sampling: { ...now.sampling, [name]: value } }));
  return (
    <Card title={t("model.title")}>
      <div className="flex flex-col gap-3">
        <SelectField
          label={t("model.model")}
          value={form.model}
          onChange={(event) => change((now) => ({ ...now, model: event.target.value, adapter: "" }))}
          options={models}
        />
        <ProblemList problems={problemsAt(problems, "model")} />
        <SelectField
          label={t("model.adapter")}
          hint={t("model.adapterHint")}
          value={form.adapter}
          onChange={(event) => change((now) => ({ ...now, adapter: event.target.value }))}
          options={adapters}
        />
        <ProblemList problems={problemsAt(problems, "adapter")} />
        <fieldset className="grid grid-cols-2 gap-3">
          <legend className="sr-only">{t("model.sampling")}</legend>
          {SAMPLING_NAMES.map((name) => (
            <div key={name}>
              <TextField
                label={t(`model.${name}`)}
                hint={t(`model.${name}Hint`)}
                inputMode="decimal"
                placeholder={t("model.default")}
                value={form.sampling[name]}
                onChange={(event) => setSampling(name, event.target.value)}
              />
              <ProblemList problems={problemsAt(problems, `sampling.${name}`)} />
            </div>
          ))}
        </fieldset>
        <TextArea
          label={t("model.stop")}
          hint={t("model.stopHint")}
          rows={2}
          spellCheck={false}
          value={form.stop}
          onChange={(event) => change((now) => ({ ...now, stop: event.target.value }))}
        />
        <ProblemList problems={problemsAt(problems, "sampling.stop")} />
      </div>
    </Card>
  );
}
