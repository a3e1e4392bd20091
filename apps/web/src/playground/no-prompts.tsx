import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTenant } from "../api/use-tenant.ts";
import { buttonClass } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";

export function NoPrompts() {
  const { t } = useTranslation("playground");
  const { slug } = useTenant();
  return (
    <EmptyState
      title={t("noPrompts")}
      action={
        <Link to={`/t/${slug}/prompts` as "/"} className={buttonClass("primary")}>
          {t("toPrompts")}
        </Link>
      }
    >
      {t("noPromptsText")}
    </EmptyState>
  );
}
