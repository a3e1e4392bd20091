import type { Member } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { useWrite } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { PasswordResetDialog } from "./password-reset-dialog.tsx";
import { RoleDialog } from "./role-dialog.tsx";

export function MembersTable({ rows }: { rows: readonly Member[] }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const [changed, setChanged] = useState<Member | null>(null);
  const [forgetful, setForgetful] = useState<Member | null>(null);
  return (
    <>
      <Table
        caption={t("members.title")}
        rows={rows}
        rowKey={({ user }) => user.id}
        columns={[
          { key: "person", title: t("members.person"), cell: (member) => <PersonCell of={member} /> },
          { key: "role", title: t("role"), cell: ({ role }) => t(`roles.${role}`) },
          {
            key: "since",
            title: t("members.since"),
            cell: ({ createdAt }) => <span className="whitespace-nowrap">{format.date(createdAt)}</span>,
          },
          {
            key: "actions",
            title: <span className="sr-only">{t("members.change")}</span>,
            isBare: true,
            cell: (member) => (
              <div className="flex flex-wrap justify-end gap-1.5">
                <Button
                  isSmall
                  aria-label={t("members.changeFor", { name: member.user.name })}
                  onClick={() => setChanged(member)}
                >
                  {t("members.change")}
                </Button>
                <ResetButton of={member} onReset={() => setForgetful(member)} />
                <RemoveButton of={member} />
              </div>
            ),
          },
        ]}
      />
      {changed !== null && <RoleDialog of={changed} onClose={() => setChanged(null)} />}
      {forgetful !== null && <PasswordResetDialog of={forgetful} onClose={() => setForgetful(null)} />}
    </>
  );
}

function PersonCell({ of: { user } }: { of: Member }) {
  const { t } = useTranslation("people");
  const self = useSession().user.id;
  return (
    <div className="min-w-40 [overflow-wrap:anywhere]">
      <Bdi className="font-medium">{user.name}</Bdi> {user.id === self && <Badge>{t("members.you")}</Badge>}
      <Bdi className="block text-sm text-ink-soft">{user.email}</Bdi>
    </div>
  );
}

/** One's own password is changed on the account page. */
function ResetButton({ of: { user }, onReset }: { of: Member; onReset: () => void }) {
  const { t } = useTranslation("people");
  if (useSession().user.id === user.id) return null;
  return (
    <Button isSmall aria-label={t("members.resetFor", { name: user.name })} onClick={onReset}>
      {t("members.reset")}
    </Button>
  );
}

function RemoveButton({ of: { user } }: { of: Member }) {
  const { t } = useTranslation("people");
  const isSelf = useSession().user.id === user.id;
  const remove = useWrite("removeMember", ["listMembers"]);
  return (
    <ConfirmButton
      isSmall
      text={t("members.remove")}
      confirmText={t("members.remove")}
      question={<Bdi>{t(isSelf ? "members.removeSelf" : "members.removeQuestion", { name: user.name })}</Bdi>}
      onConfirm={() => remove.mutateAsync({ userId: user.id })}
    />
  );
}
