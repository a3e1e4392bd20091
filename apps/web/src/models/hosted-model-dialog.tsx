import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAll, useWrite } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { SelectField, TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { PriceFields, pricesIn } from "../components/price-fields.tsx";
import { SlugField } from "../components/slug-field.tsx";

export function HostedModelDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("models");
  const { slug: tenant } = useTenant();
  const create = useWrite("createHostedModel", ["listModels"]);
  const connections = useAll("listConnections", {});
  const usable = (connections.data ?? []).filter(({ kind }) => kind !== "webhook");
  const submit = async (form: FormData) => {
    const { inputMicrosPerMillion, outputMicrosPerMillion } = pricesIn(form);
    await create.mutateAsync({
      slug: textIn(form, "slug") ?? "",
      connection: textIn(form, "connection") ?? "",
      providerModel: textIn(form, "providerModel") ?? "",
      ...(inputMicrosPerMillion !== undefined &&
        outputMicrosPerMillion !== undefined && { price: { inputMicrosPerMillion, outputMicrosPerMillion } }),
    });
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("addHosted")}
      description={t("addHostedText")}
      submitText={t("add")}
      onSubmit={submit}
    >
      <SlugField label={t("name")} hint={t("nameHint")} />
      {usable.length === 0 && connections.isSuccess ? (
        <p>
          {t("noConnection")}{" "}
          <Link
            to={`/t/${tenant}/settings/connections` as "/"}
            className="font-semibold text-accent underline"
          >
            {t("toConnections")}
          </Link>
        </p>
      ) : (
        <SelectField
          name="connection"
          label={t("connection")}
          required
          options={usable.map(({ slug }) => ({ value: slug, text: slug }))}
        />
      )}
      <TextField name="providerModel" label={t("providerModel")} required hint={t("providerModelHint")} />
      <PriceFields />
    </FormDialog>
  );
}
