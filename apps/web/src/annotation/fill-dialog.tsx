import type { AnnotationQueue, Run } from "@assay/core";
import { splitList } from "@assay/core/plain";
import { type ComponentProps, useState } from "react";
import { useTranslation } from "react-i18next";
import { useList, useWrite } from "../api/use-api.ts";
import { SelectField, TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { PagedSelectField } from "../components/paged-select-field.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { notify } from "../components/toast.tsx";
import { useFormat } from "../i18n/format.ts";

const DRAWS = ["all", "disagreements", "labelled"] as const;

/** Adds outputs of a finished run to the queue. */
export function FillDialog({ queue, onClose }: { queue: AnnotationQueue; onClose: () => void }) {
  const { t } = useTranslation("annotation");
  const hasJudge = queue.metric !== null;
  const runs = useList("listRuns", { prompt: queue.prompt, status: "completed", limit: 100 });
  const [draw, setDraw] = useState<(typeof DRAWS)[number]>("all");
  const fill = useWrite("fillAnnotationQueue", [
    "getAnnotationQueue",
    "listAnnotationQueues",
    "listAnnotationItems",
    "getNextAnnotation",
    "getJudgeAgreement",
  ]);
  const submit = async (form: FormData) => {
    const tags = splitList(textIn(form, "tags") ?? "", ",");
    const outputs = Number(textIn(form, "outputs") ?? 0);
    const { added, alreadyThere, unjudged } = await fill.mutateAsync({
      queue: queue.slug,
      run: String(form.get("run")),
      draw,
      ...(tags.length > 0 && { tags }),
      ...(outputs > 0 && { sample: { outputs } }),
    });
    const left = t(hasJudge ? "notFilled" : "notFilledPlain", { alreadyThere, unjudged });
    notify(`${t("filled", { count: added })} ${left}`);
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("fill")}
      description={t(hasJudge ? "fillText" : "fillTextPlain")}
      submitText={t("fill")}
      onSubmit={submit}
    >
      <RunField list={runs} />
      {hasJudge && (
        <SelectField
          label={t("draw")}
          hint={t(`drawHints.${draw}`)}
          value={draw}
          options={DRAWS.map((value) => ({ value, text: t(`draws.${value}`) }))}
          onChange={({ target }) => setDraw(DRAWS.find((each) => each === target.value) ?? "all")}
        />
      )}
      <TextField
        label={t("howMany")}
        hint={t("howManyHint")}
        name="outputs"
        type="number"
        min={1}
        max={10000}
      />
      <TextField label={t("onlyTags")} hint={t("onlyTagsHint")} name="tags" />
    </FormDialog>
  );
}

interface RunFieldProps {
  list: ComponentProps<typeof PagedSelectField>["of"] & { data: readonly Run[] | undefined };
}

function RunField({ list }: RunFieldProps) {
  const { data: runs } = list;
  const { t } = useTranslation("annotation");
  const format = useFormat();
  return (
    <PagedSelectField
      of={list}
      label={t("run")}
      name="run"
      required
      options={[
        { value: "", text: t("chooseRun") },
        ...(runs ?? []).map(({ id, suite, promptVersion, progress, createdAt }) => ({
          value: id,
          text: t("runOf", {
            suite,
            version: promptVersion,
            cases: progress.total,
            when: format.dateTime(createdAt),
          }),
        })),
      ]}
      hint={
        runs?.length === 0 ? (
          <>
            {t("noRuns")} <PlaceLink path="/evaluations">{t("toEvaluations")}</PlaceLink>
          </>
        ) : (
          <>
            {t("fromTraces")} <PlaceLink path="/traces">{t("toTraces")}</PlaceLink>
          </>
        )
      }
    />
  );
}
