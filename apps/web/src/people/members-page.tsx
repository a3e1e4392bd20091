import { createLazyRoute } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { InvitationsSection } from "./invitations-section.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MembersTable } from "./members-table.tsx";

export const route = createLazyRoute("/person/t/$tenant/settings/members")({ component: MembersPage });

function MembersPage() {
  const { t } = useTranslation("people");
  const [isInviting, setInviting] = useState(false);
  const members = useList("listMembers", {});
  return (
    <Page
      title={t("members.title")}
      subtitle={t("members.subtitle")}
      actions={
        <Button
          look="primary"
          icon={<UserPlus className="size-4" aria-hidden />}
          onClick={() => setInviting(true)}
        >
          {t("invite.title")}
        </Button>
      }
    >
      <Loaded from={members}>{(rows) => <MembersTable rows={rows} />}</Loaded>
      <MoreButton of={members} />
      <InvitationsSection />
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}
