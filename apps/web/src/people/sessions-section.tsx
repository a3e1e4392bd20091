import type { SessionRow } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { showHidden } from "../i18n/show-hidden.ts";
import { deviceOf } from "./device-of.ts";
import { useOwnSessions, useOwnWrite } from "./use-own-sessions.ts";

/** Where the person is logged in, and how to end that. */
export function SessionsSection() {
  const { t } = useTranslation("people");
  const sessions = useOwnSessions();
  const endOthers = useOwnWrite("revokeOtherSessions");
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="flex-1 text-lg font-semibold">{t("sessions.title")}</h2>
        {(sessions.data?.length ?? 0) > 1 && (
          <ConfirmButton
            isSmall
            text={t("sessions.endOthers")}
            confirmText={t("sessions.endOthers")}
            question={t("sessions.endOthersQuestion")}
            onConfirm={() => endOthers.mutateAsync({})}
          />
        )}
      </div>
      <Loaded from={sessions}>{(rows) => <SessionsTable rows={rows} />}</Loaded>
    </div>
  );
}

function SessionsTable({ rows }: { rows: readonly SessionRow[] }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const end = useOwnWrite("revokeSession");
  return (
    <Table
      caption={t("sessions.title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { key: "device", title: t("sessions.device"), cell: (row) => <DeviceCell of={row} /> },
        {
          key: "via",
          title: t("sessions.via"),
          cell: ({ via }) =>
            via === null ? t("sessions.password") : t("sessions.provider", { tenant: via }),
        },
        {
          key: "address",
          title: t("sessions.address"),
          cell: ({ ipAddress }) => <Bdi>{ipAddress ?? "–"}</Bdi>,
        },
        { key: "since", title: t("sessions.since"), cell: ({ createdAt }) => format.ago(createdAt) },
        { key: "until", title: t("until"), cell: ({ expiresAt }) => format.dateTime(expiresAt) },
        {
          key: "end",
          title: <span className="sr-only">{t("sessions.end")}</span>,
          isBare: true,
          cell: ({ id, isCurrent }) =>
            !isCurrent && (
              <ConfirmButton
                isSmall
                text={t("sessions.end")}
                confirmText={t("sessions.end")}
                question={t("sessions.endQuestion")}
                onConfirm={() => end.mutateAsync({ sessionId: id })}
              />
            ),
        },
      ]}
    />
  );
}

function DeviceCell({ of: { userAgent, isCurrent } }: { of: SessionRow }) {
  const { t } = useTranslation("people");
  const { browser, system } = deviceOf(userAgent);
  const names = [browser, system].filter((name) => name !== null).join(", ");
  return (
    <span title={showHidden(userAgent ?? "") || undefined}>
      {names === "" ? t("sessions.unknownDevice") : names}{" "}
      {isCurrent && <Badge tone="good">{t("sessions.current")}</Badge>}
    </span>
  );
}
