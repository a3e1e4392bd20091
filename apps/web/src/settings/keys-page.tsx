import type { Key } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList, useWrite } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { Table } from "../components/table.tsx";
import { type Format, useFormat } from "../i18n/format.ts";
import { NewKeyDialog } from "./new-key-dialog.tsx";

export const route = createLazyRoute("/person/t/$tenant/settings/keys")({ component: KeysPage });

function KeysPage() {
  const { t } = useTranslation("settings");
  const [isMaking, setMaking] = useState(false);
  const keys = useList("listKeys", {});
  return (
    <Page
      title={t("keys.title")}
      subtitle={t("keys.subtitle")}
      actions={
        <Button look="primary" icon={<Plus className="size-4" aria-hidden />} onClick={() => setMaking(true)}>
          {t("keys.make")}
        </Button>
      }
    >
      <Loaded from={keys}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("keys.empty")}>{t("keys.emptyText")}</EmptyState>
          ) : (
            <KeysTable keys={rows} />
          )
        }
      </Loaded>
      <MoreButton of={keys} />
      {isMaking && <NewKeyDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}

function KeysTable({ keys }: { keys: readonly Key[] }) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  return (
    <Table
      caption={t("keys.title")}
      rows={keys}
      rowKey={({ id }) => id}
      columns={[
        { key: "name", title: t("keys.name"), cell: ({ name }) => <Bdi className="font-medium">{name}</Bdi> },
        {
          key: "id",
          title: t("keys.publicId"),
          cell: ({ publicId }) => <code className="text-sm">ask_{publicId}_…</code>,
        },
        { key: "scopes", title: t("keys.scopes"), cell: ({ scopes }) => scopes.join(", ") },
        { key: "bounds", title: t("keys.bounds"), cell: (key) => boundsOf(key) || t("keys.everything") },
        { key: "made", title: t("keys.made"), cell: ({ createdAt }) => format.ago(createdAt) },
        {
          key: "used",
          title: t("keys.lastUsed"),
          cell: ({ lastUsedAt }) => (lastUsedAt === null ? t("keys.neverUsed") : format.ago(lastUsedAt)),
        },
        { key: "state", title: t("keys.state"), cell: (key) => <KeyState of={key} format={format} /> },
        {
          key: "revoke",
          title: <span className="sr-only">{t("keys.revoke")}</span>,
          isBare: true,
          cell: (key) => <RevokeButton of={key} />,
        },
      ]}
    />
  );
}

function boundsOf({ prompts, labels }: Key): string {
  return [prompts?.join(", "), labels === null ? undefined : `@${labels.join(", @")}`]
    .filter(Boolean)
    .join(" · ");
}

function KeyState({ of, format }: { of: Key; format: Format }) {
  const { t } = useTranslation("settings");
  if (of.revokedAt !== null) return <Badge>{t("keys.revoked")}</Badge>;
  if (of.expiresAt === null) return <Badge tone="good">{t("keys.live")}</Badge>;
  return Date.parse(of.expiresAt) < Date.now() ? (
    <Badge>{t("keys.expired")}</Badge>
  ) : (
    <Badge tone="warn">{t("keys.until", { date: format.date(of.expiresAt) })}</Badge>
  );
}

function RevokeButton({ of }: { of: Key }) {
  const { t } = useTranslation("settings");
  const revoke = useWrite("revokeKey", ["listKeys"]);
  if (of.revokedAt !== null) return null;
  return (
    <ConfirmButton
      isSmall
      text={t("keys.revoke")}
      confirmText={t("keys.revoke")}
      question={t("keys.revokeQuestion", { name: of.name })}
      onConfirm={() => revoke.mutateAsync({ keyId: of.id })}
    />
  );
}
