import { ClientError } from "@assay/client";
import type { IdentityProvider } from "@assay/core";
import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRead, useWrite } from "../api/use-api.ts";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { ConfirmButton } from "../components/confirm-button.tsx";
import { CopyLine } from "../components/copy-line.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Waiting } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { ProviderForm } from "./provider-form.tsx";

export const route = createLazyRoute("/person/t/$tenant/settings/sign-in")({ component: SignInPage });

const CALLBACK_PATH = "/api/login/sso/callback";

function SignInPage() {
  const { t } = useTranslation("people");
  const read = useRead("getIdentityProvider", {});
  const isNone = read.error instanceof ClientError && read.error.code === "not_found";
  const provider = isNone ? null : read.data;
  return (
    <Page
      title={t("signIn.title")}
      subtitle={t("signIn.subtitle")}
      actions={provider != null && <RemoveButton issuer={provider.issuer} />}
    >
      {read.error !== null && !isNone && (
        <ErrorNotice error={read.error} onRetry={() => void read.refetch()} />
      )}
      {provider === undefined && read.error === null && <Waiting />}
      {provider !== undefined && (
        <>
          <Card title={t("signIn.callback")}>
            <Callback of={provider} />
          </Card>
          <Card title={t(provider === null ? "signIn.connect" : "signIn.connected")}>
            <ProviderForm key={provider?.updatedAt} provider={provider} />
          </Card>
        </>
      )}
    </Page>
  );
}

/** Before there is a provider, the address of this page stands for the server's; afterwards the server says its own. */
function Callback({ of }: { of: IdentityProvider | null }) {
  const { t } = useTranslation("people");
  if (of !== null && of.redirectUri === null) return <p className="text-warn">{t("signIn.noAddress")}</p>;
  return (
    <div className="flex flex-col gap-2">
      <p className="max-w-prose text-ink-soft">
        {t("signIn.callbackText")} {of === null && t("signIn.callbackGuess")}
      </p>
      <CopyLine
        label={t("signIn.callback")}
        text={of?.redirectUri ?? `${window.location.origin}${CALLBACK_PATH}`}
      />
    </div>
  );
}

function RemoveButton({ issuer }: { issuer: string }) {
  const { t } = useTranslation("people");
  const remove = useWrite("removeIdentityProvider", ["getIdentityProvider"]);
  return (
    <ConfirmButton
      text={t("signIn.remove")}
      confirmText={t("signIn.remove")}
      question={<Bdi>{t("signIn.removeQuestion", { issuer })}</Bdi>}
      onConfirm={() => remove.mutateAsync({})}
    />
  );
}
