import { ClientError } from "@assay/client";
import { useTranslation } from "react-i18next";
import { buttonClass } from "../components/button.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { ssoAddress } from "./sso-address.ts";

/** Why an invitation was not accepted; where the tenant wants its own log-in, the way there. */
export function RefusedAcceptance({ error, tenant }: { error: unknown; tenant: string }) {
  const { t } = useTranslation("login");
  if (!(error instanceof ClientError && error.code === "sso_required")) return <ErrorNotice error={error} />;
  return (
    <div role="alert" className="flex flex-col items-start gap-2 rounded-lg bg-warn-soft px-3.5 py-2.5">
      <p className="text-warn">{t("invitation.ssoRequired")}</p>
      <a href={ssoAddress(tenant, `/t/${tenant}`)} className={buttonClass("plain", true)}>
        {t("sso.title")}
      </a>
    </div>
  );
}
