import { createLazyRoute, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LoginForm } from "./login-form.tsx";

export const route = createLazyRoute("/login")({ component: LoginPage });

function LoginPage() {
  const { t } = useTranslation("login");
  const navigate = useNavigate();
  const { next } = route.useSearch();
  useEffect(() => {
    document.title = `${t("logIn")} · Assay`;
  }, [t]);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-5 px-5 py-10">
      <header className="flex flex-col gap-2">
        <img src="/favicon.svg" alt="" className="size-11" />
        <h1 className="text-2xl font-semibold tracking-tight">{t("title")}</h1>
        <p className="text-ink-soft">{t("promise")}</p>
      </header>
      <LoginForm onLoggedIn={() => navigate({ href: next ?? "/" })} />
      <p className="text-sm text-ink-soft">{t("firstStart")}</p>
    </main>
  );
}
