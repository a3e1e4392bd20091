import type { Invitation } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList, useWrite } from "../api/use-api.ts";
import { Badge, type Tone } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Table } from "../components/table.tsx";
import { useActorNames } from "../components/use-actor-names.ts";
import { useFormat } from "../i18n/format.ts";

const TONES: Record<Invitation["status"], Tone> = {
  open: "info",
  accepted: "good",
  revoked: "neutral",
  expired: "neutral",
};

export function InvitationsSection() {
  const { t } = useTranslation("people");
  const invitations = useList("listInvitations", {});
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">{t("invitations.title")}</h2>
      <Loaded from={invitations}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("invitations.empty")}>{t("invitations.emptyText")}</EmptyState>
          ) : (
            <InvitationsTable rows={rows} />
          )
        }
      </Loaded>
      <MoreButton of={invitations} />
    </div>
  );
}

function InvitationsTable({ rows }: { rows: readonly Invitation[] }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const nameOf = useActorNames(rows.map(({ invitedBy }) => invitedBy));
  return (
    <Table
      caption={t("invitations.title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "email",
          title: t("email"),
          cell: ({ email }) => <Bdi className="inline-block min-w-44 [overflow-wrap:anywhere]">{email}</Bdi>,
        },
        { key: "role", title: t("role"), cell: ({ role }) => t(`roles.${role}`) },
        {
          key: "status",
          title: t("invitations.status"),
          cell: ({ status }) => <Badge tone={TONES[status]}>{t(`invitations.statuses.${status}`)}</Badge>,
        },
        { key: "by", title: t("invitations.by"), cell: ({ invitedBy }) => <Bdi>{nameOf(invitedBy)}</Bdi> },
        { key: "made", title: t("invitations.made"), cell: ({ createdAt }) => format.ago(createdAt) },
        { key: "until", title: t("until"), cell: ({ expiresAt }) => format.dateTime(expiresAt) },
        {
          key: "revoke",
          title: <span className="sr-only">{t("invitations.revoke")}</span>,
          isBare: true,
          cell: (invitation) => invitation.status === "open" && <RevokeButton of={invitation} />,
        },
      ]}
    />
  );
}

function RevokeButton({ of: { id, email } }: { of: Invitation }) {
  const { t } = useTranslation("people");
  const revoke = useWrite("revokeInvitation", ["listInvitations"]);
  return (
    <ConfirmButton
      isSmall
      text={t("invitations.revoke")}
      confirmText={t("invitations.revoke")}
      question={<Bdi>{t("invitations.revokeQuestion", { email })}</Bdi>}
      onConfirm={() => revoke.mutateAsync({ invitationId: id })}
    />
  );
}
