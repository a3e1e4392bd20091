import type { InvitationOffer } from "@assay/core";
import { LIMITS } from "@assay/core/plain";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";
import { RefusedAcceptance } from "./refused-acceptance.tsx";
import { useAcceptance } from "./use-acceptance.ts";

/** Name and password of somebody who has no account yet. */
export function AcceptAsStranger({ token, offer }: { token: string; offer: InvitationOffer }) {
  const { t } = useTranslation("login");
  const acceptance = useAcceptance(token, offer);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    acceptance.mutate({ name: String(form.get("name")), password: String(form.get("password")) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <TextField
        label={t("invitation.name")}
        name="name"
        autoComplete="name"
        required
        maxLength={LIMITS.nameLengthMax}
      />
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
        label={t("password")}
        hint={t("invitation.passwordHint", { min: LIMITS.passwordLengthMin })}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={LIMITS.passwordLengthMin}
        maxLength={LIMITS.passwordLengthMax}
      />
      <RefusedAcceptance error={acceptance.error} tenant={offer.tenant.slug} />
      <Button type="submit" look="primary" isBusy={acceptance.isPending}>
        {t("invitation.joinAsNew")}
      </Button>
    </form>
  );
}
