import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { buttonClass } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Page } from "../components/page.tsx";

export function NotFoundPage() {
  const { t } = useTranslation("shell");
  return (
    <Page title={t("notFoundTitle")}>
      <EmptyState
        title={t("notFoundTitle")}
        action={
          <Link to="/" className={buttonClass("primary")}>
            {t("toHome")}
          </Link>
        }
      >
        {t("notFoundText")}
      </EmptyState>
    </Page>
  );
}
