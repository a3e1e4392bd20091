import type { Connection, ConnectionKind } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList, useWrite } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button, IconButton } from "../components/button.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField, TextField } from "../components/field.tsx";
import { FormDialog } from "../components/form-dialog.tsx";
import { textIn } from "../components/form-values.ts";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { SlugField } from "../components/slug-field.tsx";
import { Table } from "../components/table.tsx";

export const route = createLazyRoute("/person/t/$tenant/settings/connections")({
  component: ConnectionsPage,
});

const KINDS: readonly ConnectionKind[] = ["openai", "azure-openai", "openai-compatible", "webhook"];

function ConnectionsPage() {
  const { t } = useTranslation("settings");
  const [edited, setEdited] = useState<Connection | "new" | null>(null);
  const isAdmin = useMay("admin");
  const connections = useList("listConnections", {});
  const add = isAdmin && (
    <Button look="primary" icon={<Plus className="size-4" aria-hidden />} onClick={() => setEdited("new")}>
      {t("connections.add")}
    </Button>
  );
  return (
    <Page title={t("connections.title")} subtitle={t("connections.subtitle")} actions={add}>
      <Loaded from={connections}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("connections.empty")} action={add}>
              {t("connections.emptyText")}
            </EmptyState>
          ) : (
            <ConnectionsTable rows={rows} isAdmin={isAdmin} onEdit={setEdited} />
          )
        }
      </Loaded>
      <MoreButton of={connections} />
      {edited !== null && (
        <ConnectionDialog of={edited === "new" ? undefined : edited} onClose={() => setEdited(null)} />
      )}
    </Page>
  );
}

interface ConnectionsTableProps {
  rows: readonly Connection[];
  isAdmin: boolean;
  onEdit: (connection: Connection) => void;
}

function ConnectionsTable({ rows, isAdmin, onEdit }: ConnectionsTableProps) {
  const { t } = useTranslation("settings");
  const remove = useWrite("removeConnection", ["listConnections"]);
  return (
    <Table
      caption={t("connections.title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "slug",
          title: t("connections.name"),
          cell: ({ slug }) => <span className="font-medium">{slug}</span>,
        },
        { key: "kind", title: t("connections.kind"), cell: ({ kind }) => t(`connections.kinds.${kind}`) },
        {
          key: "url",
          title: t("connections.url"),
          cell: ({ baseUrl }) => <Bdi className="[overflow-wrap:anywhere]">{baseUrl}</Bdi>,
        },
        {
          key: "secret",
          title: t("connections.secret"),
          cell: ({ hasSecret }) => (
            <Badge tone={hasSecret ? "good" : "warn"}>
              {hasSecret ? t("connections.set") : t("connections.missing")}
            </Badge>
          ),
        },
        {
          key: "actions",
          title: <span className="sr-only">{t("connections.change")}</span>,
          isBare: true,
          cell: (connection) =>
            isAdmin && (
              <div className="flex justify-end gap-1">
                <IconButton
                  label={`${t("connections.change")}: ${connection.slug}`}
                  icon={<Pencil className="size-4" aria-hidden />}
                  onClick={() => onEdit(connection)}
                />
                <ConfirmButton
                  isSmall
                  text={t("connections.remove")}
                  confirmText={t("connections.remove")}
                  question={t("connections.removeQuestion", { name: connection.slug })}
                  onConfirm={() => remove.mutateAsync({ connection: connection.slug })}
                />
              </div>
            ),
        },
      ]}
    />
  );
}

function ConnectionDialog({ of, onClose }: { of: Connection | undefined; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const create = useWrite("createConnection", ["listConnections"]);
  const update = useWrite("updateConnection", ["listConnections"]);
  const submit = async (form: FormData) => {
    const baseUrl = textIn(form, "baseUrl") ?? "";
    const secret = textIn(form, "secret");
    const apiVersion = textIn(form, "apiVersion");
    if (of === undefined) {
      const kind = textIn(form, "kind") as ConnectionKind;
      await create.mutateAsync({ slug: textIn(form, "slug") ?? "", kind, baseUrl, secret, apiVersion });
    } else await update.mutateAsync({ connection: of.slug, baseUrl, secret, apiVersion: apiVersion ?? null });
    onClose();
  };
  const title = of === undefined ? t("connections.add") : `${t("connections.change")}: ${of.slug}`;
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={title}
      description={t("connections.dialogText")}
      submitText={t("connections.save")}
      onSubmit={submit}
    >
      {of === undefined && (
        <>
          <SlugField label={t("connections.name")} hint={t("connections.nameHint")} />
          <SelectField
            name="kind"
            label={t("connections.kind")}
            options={KINDS.map((value) => ({ value, text: t(`connections.kinds.${value}`) }))}
          />
        </>
      )}
      <TextField
        name="baseUrl"
        type="url"
        label={t("connections.url")}
        required
        defaultValue={of?.baseUrl}
        hint={t("connections.urlHint")}
      />
      <TextField
        name="apiVersion"
        label={t("connections.apiVersion")}
        defaultValue={of?.apiVersion ?? ""}
        hint={t("connections.apiVersionHint")}
      />
      <TextField
        name="secret"
        type="password"
        autoComplete="off"
        label={t("connections.secret")}
        hint={of?.hasSecret === true ? t("connections.secretKept") : t("connections.secretHint")}
      />
    </FormDialog>
  );
}
