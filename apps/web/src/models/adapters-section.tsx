import type { Model } from "@assay/core";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList, useWrite } from "../api/use-api.ts";
import { useMay, useTenant } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { SlugField } from "../components/slug-field.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";

export function AdaptersSection({ models }: { models: readonly Model[] }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const { slug: tenant } = useTenant();
  const [isMaking, setMaking] = useState(false);
  const mayEdit = useMay("edit");
  const adapters = useList("listAdapters", {});
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="flex-1 text-lg font-semibold">{t("adapters")}</h2>
        {mayEdit && (
          <Button isSmall icon={<Plus className="size-4" aria-hidden />} onClick={() => setMaking(true)}>
            {t("addAdapter")}
          </Button>
        )}
      </div>
      <Loaded from={adapters}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("noAdapters")}>{t("noAdaptersText")}</EmptyState>
          ) : (
            <Table
              caption={t("adapters")}
              rows={rows}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: "name",
                  title: t("name"),
                  cell: ({ slug }) => (
                    <Link
                      to="/t/$tenant/adapters/$adapter"
                      params={{ tenant, adapter: slug }}
                      className="font-medium text-accent underline-offset-2 hover:underline"
                    >
                      {slug}
                    </Link>
                  ),
                },
                { key: "base", title: t("baseModel"), cell: ({ baseModel }) => baseModel },
                {
                  key: "latest",
                  title: t("latest"),
                  isNumber: true,
                  cell: ({ latestVersion }) => latestVersion ?? "–",
                },
                { key: "made", title: t("made"), cell: ({ createdAt }) => format.ago(createdAt) },
              ]}
            />
          )
        }
      </Loaded>
      <MoreButton of={adapters} />
      {isMaking && <AdapterDialog models={models} onClose={() => setMaking(false)} />}
    </div>
  );
}

function AdapterDialog({ models, onClose }: { models: readonly Model[]; onClose: () => void }) {
  const { t } = useTranslation("models");
  const create = useWrite("createAdapter", ["listAdapters"]);
  const bases = models.filter(({ kind }) => kind === "local");
  const submit = async (form: FormData) => {
    await create.mutateAsync({ slug: textIn(form, "slug") ?? "", baseModel: textIn(form, "base") ?? "" });
    onClose();
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={t("addAdapter")}
      description={t("addAdapterText")}
      submitText={t("add")}
      onSubmit={submit}
    >
      <SlugField label={t("name")} hint={t("nameHint")} />
      <SelectField
        name="base"
        label={t("baseModel")}
        options={bases.map(({ slug }) => ({ value: slug, text: slug }))}
      />
    </FormDialog>
  );
}
