import type { AdapterVersion } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { Table } from "../components/table.tsx";
import { UploadDialog } from "../components/upload-dialog.tsx";
import { useFormat } from "../i18n/format.ts";
import { AdapterUses } from "./adapter-uses.tsx";

export const route = createLazyRoute("/person/t/$tenant/adapters/$adapter")({ component: AdapterPage });

function AdapterPage() {
  const { t } = useTranslation("models");
  const { tenant, adapter } = route.useParams();
  const [isUploading, setUploading] = useState(false);
  const mayEdit = useMay("edit");
  const versions = useList("listAdapterVersions", { adapter });
  return (
    <Page
      title={adapter}
      above={<PlaceLink path="/models">{t("title")}</PlaceLink>}
      subtitle={t("adapterSubtitle")}
      actions={
        mayEdit && (
          <Button
            look="primary"
            icon={<Upload className="size-4" aria-hidden />}
            onClick={() => setUploading(true)}
          >
            {t("uploadVersion")}
          </Button>
        )
      }
    >
      <Loaded from={versions}>{(rows) => <VersionsTable rows={rows} />}</Loaded>
      <MoreButton of={versions} />
      <AdapterUses adapter={adapter} />
      {isUploading && (
        <UploadDialog
          title={t("uploadVersion")}
          text={t("uploadVersionText")}
          nameLabel={t("note")}
          isNameOptional
          pathOf={(note) =>
            `/api/adapters/${encodeURIComponent(adapter)}/versions${note === "" ? "" : `?note=${encodeURIComponent(note)}`}`
          }
          tenant={tenant}
          changes={[
            [tenant, "listAdapterVersions"],
            [tenant, "listAdapters"],
          ]}
          onClose={() => setUploading(false)}
        />
      )}
    </Page>
  );
}

function VersionsTable({ rows }: { rows: readonly AdapterVersion[] }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  if (rows.length === 0) return <EmptyState title={t("noVersions")}>{t("noVersionsText")}</EmptyState>;
  return (
    <Table
      caption={t("versions")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { key: "version", title: t("version"), isNumber: true, cell: ({ version }) => version },
        {
          key: "file",
          className: "min-w-56",
          title: t("file"),
          cell: ({ sha256 }) => <code className="text-xs break-all">{sha256}</code>,
        },
        {
          key: "base",
          title: t("baseHash"),
          cell: ({ baseSha256 }) => (
            <code className="text-xs" title={baseSha256}>
              {baseSha256.slice(0, 12)}…
            </code>
          ),
        },
        { key: "rank", title: t("rank"), isNumber: true, cell: ({ rank, alpha }) => `${rank} / ${alpha}` },
        { key: "size", title: t("size"), isNumber: true, cell: ({ bytes }) => format.bytes(bytes) },
        { key: "note", title: t("note"), cell: ({ note }) => <ForeignText text={note ?? ""} /> },
        { key: "made", title: t("made"), cell: ({ createdAt }) => format.ago(createdAt) },
      ]}
    />
  );
}
