import { createLazyRoute, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Entrance } from "./entrance.tsx";
import { LoginForm } from "./login-form.tsx";
import { RefusedLogin } from "./refused-login.tsx";
import { SsoForm } from "./sso-form.tsx";

export const route = createLazyRoute("/login")({ component: LoginPage });

function LoginPage() {
  const { t } = useTranslation("login");
  const navigate = useNavigate();
  const { next, error } = route.useSearch();
  return (
    <Entrance title={t("title")} text={t("promise")}>
      {error !== undefined && <RefusedLogin code={error} />}
      <LoginForm onLoggedIn={() => navigate({ href: next ?? "/" })} />
      <SsoForm returnTo={next} />
      <p className="text-sm text-ink-soft">{t("forgot")}</p>
      <p className="text-sm text-ink-soft">{t("firstStart")}</p>
    </Entrance>
  );
}
