import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useList, useWrite } from "../api/use-api.ts";
import { SelectField, TextField } from "../components/field.tsx";
import { FormDialog, textIn } from "../components/form-dialog.tsx";
import { useTenant } from "../shell/use-tenant.ts";

const MICROS = 1_000_000;

/** What is typed in money becomes integer micro-units; left empty it stays unknown. */
function microsIn(form: FormData, name: string): number | undefined {
  const text = textIn(form, name);
  return text === undefined ? undefined : Math.round(Number(text.replace(",", ".")) * MICROS);
}

export function HostedModelDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("models");
  const { slug: tenant } = useTenant();
  const create = useWrite("createHostedModel", ["listModels"]);
  const connections = useList("listConnections", { limit: 200 });
  const usable = (connections.data ?? []).filter(({ kind }) => kind !== "webhook");
  const submit = async (form: FormData) => {
    const input = microsIn(form, "input");
    const output = microsIn(form, "output");
    await create.mutateAsync({
      slug: textIn(form, "slug") ?? "",
      connection: textIn(form, "connection") ?? "",
      providerModel: textIn(form, "providerModel") ?? "",
      ...(input !== undefined &&
        output !== undefined && { price: { inputMicrosPerMillion: input, outputMicrosPerMillion: output } }),
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
      <TextField name="slug" label={t("name")} required hint={t("nameHint")} />
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
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField name="input" label={t("inputPrice")} inputMode="decimal" hint={t("priceHint")} />
        <TextField name="output" label={t("outputPrice")} inputMode="decimal" />
      </div>
    </FormDialog>
  );
}
