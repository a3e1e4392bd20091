import type { ChangeRequest } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { Table } from "../components/table.tsx";
import { useActorNames } from "../components/use-actor-names.ts";
import { useFormat } from "../i18n/format.ts";
import { ChangeStatusBadge } from "./change-status-badge.tsx";

export function ChangesTable({ rows }: { rows: readonly ChangeRequest[] }) {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  const nameOf = useActorNames(rows.map(({ proposedBy }) => proposedBy));
  return (
    <Table
      caption={t("changes.title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "title",
          title: t("changes.what"),
          className: "min-w-56",
          cell: (change) => (
            <>
              <PlaceLink
                path={`/changes/${change.id}`}
                className="font-semibold hover:underline [overflow-wrap:anywhere]"
              >
                <Bdi>{change.title}</Bdi>
              </PlaceLink>
              <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">
                <Bdi>{t("changes.of", { prompt: change.prompt, label: change.label })}</Bdi>{" "}
                <span className="tabular">
                  {change.fromVersion === null ? "–" : t("versionShort", { version: change.fromVersion })} →{" "}
                  {t("versionShort", { version: change.toVersion })}
                </span>
              </p>
            </>
          ),
        },
        {
          key: "status",
          title: t("changes.status"),
          cell: ({ status }) => <ChangeStatusBadge status={status} />,
        },
        {
          key: "who",
          title: t("changes.proposedBy"),
          cell: ({ proposedBy }) => <Bdi>{nameOf(proposedBy)}</Bdi>,
        },
        {
          key: "when",
          title: t("changes.when"),
          cell: ({ createdAt }) => <time dateTime={createdAt}>{format.ago(createdAt)}</time>,
        },
      ]}
    />
  );
}
