import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList, useWrite } from "../api/use-api.ts";
import { SelectField, TextArea, TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { PlaceLink } from "../components/place-link.tsx";
import { useTenant } from "../shell/use-tenant.ts";

interface NewQueueDialogProps {
  /** The judge that somebody came from. */
  wanted: { prompt: string; metric: string } | undefined;
  onClose: () => void;
}

/** Makes a queue for one judge of one prompt's suites. */
export function NewQueueDialog({ wanted, onClose }: NewQueueDialogProps) {
  const { t } = useTranslation("annotation");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const create = useWrite("createAnnotationQueue", ["listAnnotationQueues"]);
  const judges = useList("listJudges", { limit: 200 });
  const [chosen, setChosen] = useState(
    wanted === undefined ? "" : JSON.stringify([wanted.prompt, wanted.metric]),
  );
  const choices = (judges.data ?? []).map(({ prompt, metric, suite }) => ({
    value: JSON.stringify([prompt, metric]),
    text: t("judgeOf", { metric, suite, prompt }),
  }));
  const submit = async (form: FormData) => {
    const [prompt = "", metric = ""] = JSON.parse(chosen) as string[];
    const { slug } = await create.mutateAsync({
      slug: textIn(form, "slug") ?? "",
      prompt,
      metric,
      instructions: textIn(form, "instructions") ?? "",
      labelsPerItem: Number(form.get("labelsPerItem")),
    });
    void navigate({ href: `/t/${tenant}/annotation/${slug}` });
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
      <SelectField
        label={t("judge")}
        required
        value={chosen}
        options={[{ value: "", text: t("chooseJudge") }, ...choices]}
        hint={
          judges.data?.length === 0 ? (
            <>
              {t("noJudges")} <PlaceLink path="/suites">{t("toSuites")}</PlaceLink>
            </>
          ) : undefined
        }
        onChange={(event) => setChosen(event.target.value)}
      />
      <QueueFields />
    </FormDialog>
  );
}

function QueueFields() {
  const { t } = useTranslation("annotation");
  return (
    <>
      <TextField
        label={t("name")}
        hint={t("nameHint")}
        name="slug"
        required
        maxLength={64}
        pattern="[a-z0-9]+([\-_.][a-z0-9]+)*"
      />
      <TextArea
        label={t("question")}
        hint={t("questionHint")}
        name="instructions"
        required
        maxLength={2000}
      />
      <TextField
        label={t("labelsPerOutput")}
        hint={t("labelsPerOutputHint")}
        name="labelsPerItem"
        type="number"
        min={1}
        max={5}
        defaultValue={2}
        required
      />
    </>
  );
}
