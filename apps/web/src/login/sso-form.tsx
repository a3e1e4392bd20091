import { LogIn } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { TextField } from "../components/field.tsx";
import { textIn } from "../components/form-values.ts";
import { ssoAddress } from "./sso-address.ts";

/** The way in by a tenant's own identity provider: which tenant, and off to it. */
export function SsoForm({ returnTo }: { returnTo: string | undefined }) {
  const { t } = useTranslation("login");
  const [isOpen, setOpen] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const tenant = textIn(new FormData(event.currentTarget), "tenant")?.toLowerCase();
    // By the address and not by the form: our policy lets forms lead to this server alone, redirects included.
    if (tenant !== undefined) window.location.assign(ssoAddress(tenant, returnTo));
  };
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-5" aria-label={t("sso.title")}>
      {isOpen ? (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <TextField
            label={t("sso.tenant")}
            hint={t("sso.tenantHint")}
            name="tenant"
            autoComplete="organization"
            autoCapitalize="none"
            spellCheck={false}
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
            required
            autoFocus
          />
          <Button type="submit" icon={<LogIn className="size-4" aria-hidden />}>
            {t("sso.go")}
          </Button>
        </form>
      ) : (
        <Button onClick={() => setOpen(true)} icon={<LogIn className="size-4" aria-hidden />}>
          {t("sso.title")}
        </Button>
      )}
    </section>
  );
}
