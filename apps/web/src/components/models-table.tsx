import type { Model } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useWrite } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { type Format, useFormat } from "../i18n/format.ts";
import { Badge } from "./badge.tsx";
import { Bdi } from "./bdi.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Table } from "./table.tsx";

export function ModelsTable({ models }: { models: readonly Model[] }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  if (models.length === 0) return <EmptyState title={t("noModels")}>{t("noModelsText")}</EmptyState>;
  return (
    <Table
      caption={t("models")}
      rows={models}
      rowKey={({ id }) => id}
      columns={[
        { key: "name", title: t("name"), cell: ({ slug }) => <span className="font-medium">{slug}</span> },
        {
          key: "whose",
          title: t("whose"),
          cell: ({ ownership }) => (
            <Badge tone={ownership === "shared" ? "info" : "neutral"}>{t(`ownership.${ownership}`)}</Badge>
          ),
        },
        { key: "where", title: t("where"), cell: (model) => <Whereabouts of={model} format={format} /> },
        {
          key: "price",
          title: t("price"),
          isNumber: true,
          cell: ({ price }) => <PriceText price={price} format={format} />,
        },
        {
          key: "remove",
          title: <span className="sr-only">{t("remove")}</span>,
          isBare: true,
          cell: (model) => model.ownership === "tenant" && <RemoveButton of={model} />,
        },
      ]}
    />
  );
}

function Whereabouts({ of, format }: { of: Model; format: Format }) {
  const { t } = useTranslation("models");
  if (of.kind === "hosted") {
    return (
      <span>
        <Bdi>{of.providerModel}</Bdi>{" "}
        <span className="text-ink-soft">{t("through", { connection: of.connection ?? t("operator") })}</span>
      </span>
    );
  }
  return (
    <span className="flex flex-col">
      <span>
        {t("local")}
        {of.bytes !== null && ` · ${format.bytes(of.bytes)}`}
        {of.gguf !== null && ` · ${of.gguf.architecture}`}
      </span>
      {of.sha256 !== null && (
        <code className="text-xs text-ink-soft" title={of.sha256}>
          sha256 {of.sha256.slice(0, 12)}…
        </code>
      )}
    </span>
  );
}

function PriceText({ price, format }: { price: Model["price"]; format: Format }) {
  const { t } = useTranslation("models");
  if (price === null) return <span className="text-ink-soft">{t("unknownPrice")}</span>;
  return (
    <span>
      {t("priceText", {
        input: format.cost(price.inputMicrosPerMillion),
        output: format.cost(price.outputMicrosPerMillion),
      })}
    </span>
  );
}

function RemoveButton({ of }: { of: Model }) {
  const { t } = useTranslation("models");
  const isAdmin = useMay("admin");
  const remove = useWrite("removeModel", ["listModels"]);
  if (!isAdmin) return null;
  return (
    <ConfirmButton
      isSmall
      text={t("remove")}
      confirmText={t("remove")}
      question={t("removeQuestion", { name: of.slug })}
      onConfirm={() => remove.mutateAsync({ model: of.slug })}
    />
  );
}
