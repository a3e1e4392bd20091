import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAll, useWrite } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { SelectField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { PlaceLink } from "../components/place-link.tsx";
import { PromptField } from "../components/prompt-field.tsx";
import { SlugField } from "../components/slug-field.tsx";

/** Names a suite and what it measures; scorers and gate follow on its page. */
export function NewSuiteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("suites");
  const { slug: tenant } = useTenant();
  const navigate = useNavigate();
  const [prompt, setPrompt] = useState("");
  const datasets = useAll("listDatasets", {});
  const put = useWrite("putSuite", ["listSuites"]);
  const make = async (form: FormData) => {
    const { slug } = await put.mutateAsync({
      suite: textIn(form, "slug") ?? "",
      prompt,
      dataset: textIn(form, "dataset") ?? "",
      scorers: [{ type: "exact-match" }],
    });
    await navigate({
      to: "/t/$tenant/suites/$suite",
      params: { tenant, suite: slug },
      search: { tab: "edit" },
    });
  };
  const named = (slugs: readonly { slug: string }[] | undefined) =>
    (slugs ?? []).map(({ slug }) => ({ value: slug, text: slug }));
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("newSuite")}
      description={t("newSuiteText")}
      submitText={t("create")}
      onSubmit={make}
    >
      <SlugField label={t("name")} hint={t("nameHint")} />
      <PromptField
        label={t("prompt")}
        value={prompt}
        noneText={t("chooseOne", { ns: "shell" })}
        onChange={setPrompt}
        isRequired
      />
      <SelectField name="dataset" label={t("dataset")} options={named(datasets.data)} required />
      {datasets.data?.length === 0 && (
        <p className="text-warn">
          {t("noDataset")} <PlaceLink path="/datasets">{t("toDatasets")}</PlaceLink>
        </p>
      )}
    </FormDialog>
  );
}
