import { LIMITS } from "@assay/core/plain";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { TextField } from "../components/field.tsx";
import { notify } from "../components/toast.tsx";
import { useOwnWrite } from "./use-own-sessions.ts";

export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation("people");
  const change = useOwnWrite("changePassword");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const target = event.currentTarget;
    const form = new FormData(target);
    change.mutate(
      { currentPassword: String(form.get("current")), newPassword: String(form.get("new")) },
      {
        onSuccess: () => {
          target.reset();
          notify(t("password.changed"));
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {/* Tells the browser whose password it is. */}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <TextField
        name="current"
        type="password"
        label={t("password.current")}
        autoComplete="current-password"
        required
        maxLength={LIMITS.passwordLengthMax}
      />
      <TextField
        name="new"
        type="password"
        label={t("password.new")}
        hint={t("password.newHint", { min: LIMITS.passwordLengthMin })}
        autoComplete="new-password"
        required
        minLength={LIMITS.passwordLengthMin}
        maxLength={LIMITS.passwordLengthMax}
      />
      <ErrorNotice error={change.error} />
      <div>
        <Button type="submit" isBusy={change.isPending}>
          {t("password.change")}
        </Button>
      </div>
    </form>
  );
}
