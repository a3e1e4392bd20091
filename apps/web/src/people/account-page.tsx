import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { Page } from "../components/page.tsx";
import { LookFields } from "./look-fields.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionsSection } from "./sessions-section.tsx";

export const route = createLazyRoute("/person/account")({ component: AccountPage });

function AccountPage() {
  const { t } = useTranslation("people");
  const { user } = useSession();
  return (
    <Page
      title={t("account.title")}
      subtitle={
        <Bdi className="[overflow-wrap:anywhere]">
          {user.name} · {user.email}
        </Bdi>
      }
    >
      <SessionsSection />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t("password.title")}>
          <PasswordForm email={user.email} />
        </Card>
        <Card title={t("look.title")}>
          <LookFields />
        </Card>
      </div>
    </Page>
  );
}
