import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { buttonClass } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Page } from "../components/page.tsx";

export const route = createLazyRoute("/person/")({ component: NoTenantPage });

/** The start page of somebody who belongs to no tenant: an operator, or a member who was removed. */
function NoTenantPage() {
  const { t } = useTranslation("login");
  const { user } = useSession();
  return (
    <Page title={t("noTenant.title", { name: user.name })}>
      <EmptyState
        title={t("noTenant.state")}
        action={
          user.isOperator && (
            <a href="/operator" className={buttonClass("primary")}>
              {t("noTenant.operator")}
            </a>
          )
        }
      >
        {t(user.isOperator ? "noTenant.operatorText" : "noTenant.text", { email: user.email })}
      </EmptyState>
    </Page>
  );
}
