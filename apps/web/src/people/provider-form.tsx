import type { IdentityProvider } from "@assay/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { useWrite } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { CheckField } from "../components/field.tsx";
import { notify } from "../components/toast.tsx";
import { providerDraftIn } from "./provider-draft-in.ts";
import { ArrivalFields, ClientFields } from "./provider-fields.tsx";

/** The tenant's OpenID provider, or the one it is to have. */
export function ProviderForm({ provider }: { provider: IdentityProvider | null }) {
  const { t } = useTranslation("people");
  const queries = useQueryClient();
  const [isEnforced, setEnforced] = useState(provider?.enforced ?? false);
  const set = useWrite("setIdentityProvider", ["getIdentityProvider"]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set.mutate(providerDraftIn(new FormData(event.currentTarget)), {
      onSuccess: () => {
        notify(t("signIn.saved"));
        // Whoever enforces it with a password is outside now, and sees that.
        void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      },
    });
  };
  return (
    <form onSubmit={submit} className="flex max-w-2xl flex-col gap-4">
      <ClientFields provider={provider} />
      <ArrivalFields provider={provider} />
      <CheckField
        name="enforced"
        label={t("signIn.enforced")}
        hint={t("signIn.enforcedHint")}
        checked={isEnforced}
        onChange={(event) => setEnforced(event.target.checked)}
      />
      <div aria-live="polite">
        {isEnforced && provider?.enforced !== true && (
          <p className="rounded-lg bg-warn-soft px-3.5 py-2.5 text-warn">{t("signIn.enforcedWarning")}</p>
        )}
      </div>
      <ErrorNotice error={set.error} />
      <div>
        <Button type="submit" look="primary" isBusy={set.isPending}>
          {t("signIn.save")}
        </Button>
      </div>
    </form>
  );
}
