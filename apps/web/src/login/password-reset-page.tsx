import { ClientError } from "@assay/client";
import type { PasswordResetOffer } from "@assay/core";
import { LIMITS } from "@assay/core/plain";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createLazyRoute } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { personalClient } from "../api/tenant-client.ts";
import { Button, buttonClass } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { TextField } from "../components/field.tsx";
import { Waiting } from "../components/loaded.tsx";
import { Entrance } from "./entrance.tsx";

export const route = createLazyRoute("/password-resets/$token")({ component: PasswordResetPage });

function PasswordResetPage() {
  const { t } = useTranslation("login");
  const { token } = route.useParams();
  const offer = useQuery({
    queryKey: ["#password-reset", token],
    queryFn: ({ signal }) => personalClient.getPasswordReset({ resetToken: token }, { signal }),
    // What was offered stays in view while it is used up.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (offer.data !== undefined) return <NewPassword token={token} offer={offer.data} />;
  if (offer.error === null) return <Entrance title={t("reset.reading")}>{<Waiting />}</Entrance>;
  const code = offer.error instanceof ClientError ? offer.error.code : undefined;
  if (code === "not_found" || code === "invalid_input") {
    return (
      <Entrance title={t("reset.gone")}>
        <p>{t("reset.goneText")}</p>
        <a href="/login" className="text-accent underline underline-offset-2">
          {t("reset.toLogin")}
        </a>
      </Entrance>
    );
  }
  return (
    <Entrance title={t("reset.unread")}>
      <ErrorNotice error={offer.error} onRetry={() => void offer.refetch()} />
    </Entrance>
  );
}

function NewPassword({ token, offer }: { token: string; offer: PasswordResetOffer }) {
  const { t } = useTranslation("login");
  const queries = useQueryClient();
  const reset = useMutation({
    mutationFn: async (password: string) => {
      await personalClient.acceptPasswordReset({ resetToken: token, password });
      // Whoever was logged in here may be the one whose sessions have just ended.
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  if (reset.isSuccess) {
    return (
      <Entrance title={t("reset.done")}>
        <p>{t("reset.doneText")}</p>
        <a href="/login" className={buttonClass("primary")}>
          {t("reset.toLogin")}
        </a>
      </Entrance>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset.mutate(String(new FormData(event.currentTarget).get("password")));
  };
  return (
    <Entrance title={t("reset.title")}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        {/* Not to be changed: it is what the browser keeps the password under. */}
        <TextField
          label={t("email")}
          name="email"
          type="email"
          autoComplete="username"
          value={offer.email}
          readOnly
        />
        <TextField
          label={t("reset.password")}
          hint={t("invitation.passwordHint", { min: LIMITS.passwordLengthMin })}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={LIMITS.passwordLengthMin}
          maxLength={LIMITS.passwordLengthMax}
        />
        <ErrorNotice error={reset.error} />
        <Button type="submit" look="primary" isBusy={reset.isPending}>
          {t("reset.set")}
        </Button>
      </form>
    </Entrance>
  );
}
