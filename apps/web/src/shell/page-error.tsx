import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Page } from "../components/page.tsx";

/** A page that broke takes nothing else with it: the frame stays, and what went wrong is said. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation("shell");
  return (
    <Page title={t("pageBroke")}>
      <ErrorNotice error={error} onRetry={reset} />
    </Page>
  );
}
