import type { IdentityProvider } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField, SelectField, TextField } from "../components/field.tsx";
import { ARRIVAL_ROLES, INVITED_ONLY } from "./provider-draft-in.ts";

interface ProviderFieldsProps {
  provider: IdentityProvider | null;
}

/** Which provider, and as which of its clients. */
export function ClientFields({ provider }: ProviderFieldsProps) {
  const { t } = useTranslation("people");
  const [isForgotten, setForgotten] = useState(false);
  return (
    <>
      <TextField
        name="issuer"
        type="url"
        label={t("signIn.issuer")}
        hint={t("signIn.issuerHint")}
        required
        maxLength={500}
        defaultValue={provider?.issuer}
      />
      <TextField
        name="clientId"
        label={t("signIn.clientId")}
        required
        maxLength={500}
        autoComplete="off"
        defaultValue={provider?.clientId}
      />
      <TextField
        name="clientSecret"
        type="password"
        autoComplete="off"
        label={t("signIn.secret")}
        hint={t(provider?.hasSecret === true ? "signIn.secretKept" : "signIn.secretHint")}
        maxLength={2_000}
        disabled={isForgotten}
      />
      {provider?.hasSecret === true && (
        <CheckField
          name="forgetSecret"
          label={t("signIn.forgetSecret")}
          hint={t("signIn.forgetSecretHint")}
          checked={isForgotten}
          onChange={({ target }) => setForgotten(target.checked)}
        />
      )}
    </>
  );
}

/** Who is let in beside members and the invited, and as what. */
export function ArrivalFields({ provider }: ProviderFieldsProps) {
  const { t } = useTranslation("people");
  return (
    <>
      <SelectField
        name="defaultRole"
        label={t("signIn.arrivals")}
        defaultValue={provider?.defaultRole ?? INVITED_ONLY}
        options={[
          { value: INVITED_ONLY, text: t("signIn.invitedOnly") },
          ...ARRIVAL_ROLES.map((role) => ({
            value: role,
            text: t("signIn.ofDomains", { role: t(`roles.${role}`) }),
          })),
        ]}
      />
      <TextField
        name="domains"
        label={t("signIn.domains")}
        hint={t("signIn.domainsHint")}
        defaultValue={provider?.domains.join(", ")}
      />
    </>
  );
}
