import type { InvitationOffer, SessionView } from "@assay/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { personalClient } from "../api/tenant-client.ts";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { RefusedAcceptance } from "./refused-acceptance.tsx";
import { useAcceptance } from "./use-acceptance.ts";

interface AcceptAsPersonProps {
  token: string;
  offer: InvitationOffer;
  user: SessionView["user"];
}

/** An invitation in the hands of somebody who is logged in: theirs, or somebody else's. */
export function AcceptAsPerson({ token, offer, user }: AcceptAsPersonProps) {
  const { t } = useTranslation("login");
  const acceptance = useAcceptance(token, offer);
  if (user.email !== offer.email) return <SomebodyElse email={user.email} />;
  return (
    <div className="flex flex-col gap-3">
      <p>
        <Bdi>{t("invitation.asPerson", { name: user.name })}</Bdi>
      </p>
      <RefusedAcceptance error={acceptance.error} tenant={offer.tenant.slug} />
      <Button look="primary" isBusy={acceptance.isPending} onClick={() => acceptance.mutate({})}>
        {t("invitation.join")}
      </Button>
    </div>
  );
}

function SomebodyElse({ email }: { email: string }) {
  const { t } = useTranslation("login");
  const queries = useQueryClient();
  const logOut = async () => {
    await personalClient.logout();
    queries.clear();
    window.location.reload();
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="rounded-lg bg-warn-soft px-3.5 py-2.5 text-warn [overflow-wrap:anywhere]">
        {t("invitation.somebodyElse", { email })}
      </p>
      <Button onClick={() => void logOut()}>{t("invitation.logOut")}</Button>
    </div>
  );
}
