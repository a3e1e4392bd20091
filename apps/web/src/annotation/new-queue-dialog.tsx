import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAll, useList, useWrite } from "../api/use-api.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { SelectField, TextArea, TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { PromptField } from "../components/prompt-field.tsx";
import { SlugField } from "../components/slug-field.tsx";

interface NewQueueDialogProps {
  /** The judge that somebody came from. */
  wanted: { prompt: string; metric: string } | undefined;
  onClose: () => void;
}

/** Makes a queue for outputs of one prompt, to check a judge of it or for what people say themselves. */
export function NewQueueDialog({ wanted, onClose }: NewQueueDialogProps) {
  const { t } = useTranslation("annotation");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const create = useWrite("createAnnotationQueue", ["listAnnotationQueues"]);
  const [prompt, setPrompt] = useState(wanted?.prompt ?? "");
  const [metric, setMetric] = useState(wanted?.metric ?? "");
  const submit = async (form: FormData) => {
    const { slug } = await create.mutateAsync({
      slug: textIn(form, "slug") ?? "",
      prompt,
      metric: metric === "" ? null : metric,
      instructions: textIn(form, "instructions") ?? "",
      labelsPerItem: Number(form.get("labelsPerItem")),
    });
    void navigate({ href: `/t/${tenant}/annotation/${slug}` });
  };
  const choosePrompt = (slug: string) => {
    setPrompt(slug);
    setMetric("");
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("newQueue")}
      description={t("newQueueText")}
      submitText={t("newQueue")}
      onSubmit={submit}
    >
      <PromptField
        label={t("prompt")}
        value={prompt}
        noneText={t("chooseOne", { ns: "shell" })}
        onChange={choosePrompt}
        isRequired
      />
      <JudgeField prompt={prompt} value={metric} onChange={setMetric} />
      <QueueFields />
    </FormDialog>
  );
}

interface JudgeFieldProps {
  prompt: string;
  /** The metric of the judge; empty for none. */
  value: string;
  onChange: (metric: string) => void;
}

/** The judges of the prompt's suites; labels do without one just as well. */
function JudgeField({ prompt, value, onChange }: JudgeFieldProps) {
  const { t } = useTranslation("annotation");
  const judges = useAll("listJudges", {});
  const ofPrompt = (judges.data ?? []).filter((each) => each.prompt === prompt);
  const metrics = [...new Set([...(value === "" ? [] : [value]), ...ofPrompt.map(({ metric }) => metric)])];
  const hint = value !== "" ? "judgeHint" : metrics.length === 0 ? "noJudgesHint" : "noJudgeHint";
  return (
    <SelectField
      label={t("judge")}
      value={value}
      options={[
        { value: "", text: t("noJudge") },
        ...metrics.map((metric) => {
          const suites = ofPrompt.filter((each) => each.metric === metric).map(({ suite }) => suite);
          return { value: metric, text: t("judgeOf", { metric, suites: suites.join(", ") || "–" }) };
        }),
      ]}
      hint={t(hint)}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}

function QueueFields() {
  const { t } = useTranslation("annotation");
  const isAlone = useIsAlone();
  const [typed, setTyped] = useState<string>();
  return (
    <>
      <SlugField label={t("name")} hint={t("nameHint")} />
      <TextArea
        label={t("question")}
        hint={t("questionHint")}
        name="instructions"
        required
        maxLength={2000}
      />
      <TextField
        label={t("labelsPerOutput")}
        hint={t(isAlone ? "onlyMemberHint" : "labelsPerOutputHint")}
        name="labelsPerItem"
        type="number"
        min={1}
        max={5}
        value={typed ?? (isAlone ? "1" : "2")}
        onChange={({ target }) => setTyped(target.value)}
        required
      />
    </>
  );
}

/** Is nobody else here who could label? Only admins can be alone in a tenant, and only they may ask. */
function useIsAlone(): boolean {
  const isAdmin = useMay("admin");
  const members = useList("listMembers", { limit: 2 }, { isEnabled: isAdmin });
  return isAdmin && members.data?.length === 1;
}
