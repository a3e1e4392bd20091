import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { personalClient } from "../api/tenant-client.ts";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { TextField } from "../components/field.tsx";

interface LoginFormProps {
  /** Filled in, where it is known whose log-in it must be. */
  email?: string;
  onLoggedIn: () => Promise<unknown>;
}

export function LoginForm({ email, onLoggedIn }: LoginFormProps) {
  const { t } = useTranslation("login");
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      await personalClient.login({
        email: String(form.get("email")),
        password: String(form.get("password")),
      });
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await onLoggedIn();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
      <TextField
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        autoFocus
        {...(email !== undefined && { defaultValue: email })}
      />
      <TextField
        label={t("password")}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <ErrorNotice error={error} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {t("logIn")}
      </Button>
    </form>
  );
}
