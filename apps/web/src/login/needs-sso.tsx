import type { MembershipView } from "@assay/core";
import { useRouterState } from "@tanstack/react-router";
import { LogIn } from "lucide-react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Page } from "../components/page.tsx";
import { ssoAddress } from "./sso-address.ts";

/** In place of every page of a tenant that does not let this session in. */
export function NeedsSso({ tenant }: { tenant: MembershipView }) {
  const { t } = useTranslation("login");
  const href = useRouterState({ select: ({ location }) => location.href });
  return (
    <Page title={tenant.name}>
      <EmptyState
        title={t("needsSso.title")}
        action={
          <a href={ssoAddress(tenant.slug, href)} className={buttonClass("primary")}>
            <LogIn className="size-4" aria-hidden />
            {t("sso.title")}
          </a>
        }
      >
        {t("needsSso.text")}
      </EmptyState>
    </Page>
  );
}
