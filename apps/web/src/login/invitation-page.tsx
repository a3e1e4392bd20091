import { ClientError } from "@assay/client";
import type { InvitationOffer } from "@assay/core";
import { useQuery } from "@tanstack/react-query";
import { createLazyRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../api/session.ts";
import { personalClient } from "../api/tenant-client.ts";
import { Bdi } from "../components/bdi.tsx";
import { ErrorNotice } from "../components/error-notice.tsx";
import { Waiting } from "../components/loaded.tsx";
import { useFormat } from "../i18n/format.ts";
import { AcceptAsPerson } from "./accept-as-person.tsx";
import { AcceptAsStranger } from "./accept-as-stranger.tsx";
import { Entrance } from "./entrance.tsx";
import { LoginForm } from "./login-form.tsx";

export const route = createLazyRoute("/invitations/$token")({ component: InvitationPage });

function InvitationPage() {
  const { t } = useTranslation("login");
  const { token } = route.useParams();
  const offer = useQuery({
    queryKey: ["#invitation", token],
    queryFn: ({ signal }) => personalClient.getInvitation({ token }, { signal }),
  });
  // What was offered stays in view while it is used up.
  if (offer.data !== undefined) return <Offer token={token} offer={offer.data} />;
  if (offer.error === null) return <Entrance title={t("invitation.reading")}>{<Waiting />}</Entrance>;
  if (isGone(offer.error)) {
    return (
      <Entrance title={t("invitation.gone")}>
        <p>{t("invitation.goneText")}</p>
        <a href="/" className="text-accent underline underline-offset-2">
          {t("invitation.toStart")}
        </a>
      </Entrance>
    );
  }
  return (
    <Entrance title={t("invitation.unread")}>
      <ErrorNotice error={offer.error} onRetry={() => void offer.refetch()} />
    </Entrance>
  );
}

/** Used, taken back, expired, or cut off while it was copied: the link says no more about which. */
function isGone(error: Error): boolean {
  return error instanceof ClientError && (error.code === "not_found" || error.code === "invalid_input");
}

function Offer({ token, offer }: { token: string; offer: InvitationOffer }) {
  const { t } = useTranslation("login");
  const format = useFormat();
  return (
    <Entrance title={t("invitation.title", { tenant: offer.tenant.name })}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-xl border border-line bg-surface p-4">
        <dt className="text-ink-soft">{t("invitation.for")}</dt>
        <dd className="[overflow-wrap:anywhere]">
          <Bdi>{offer.email}</Bdi>
        </dd>
        <dt className="text-ink-soft">{t("invitation.role")}</dt>
        <dd>{t(`invitation.roles.${offer.role}`)}</dd>
        <dt className="text-ink-soft">{t("invitation.until")}</dt>
        <dd>{format.dateTime(offer.expiresAt)}</dd>
      </dl>
      <WayIn token={token} offer={offer} />
    </Entrance>
  );
}

/** As whoever is logged in; by logging in first, where there is an account; as somebody new. */
function WayIn({ token, offer }: { token: string; offer: InvitationOffer }) {
  const { t } = useTranslation("login");
  const session = useQuery(sessionQuery);
  if (session.data === undefined) return <Waiting />;
  if (session.data !== null) return <AcceptAsPerson token={token} offer={offer} user={session.data.user} />;
  if (!offer.hasAccount) return <AcceptAsStranger token={token} offer={offer} />;
  return (
    <>
      <p>{t("invitation.logInFirst")}</p>
      <LoginForm email={offer.email} onLoggedIn={async () => undefined} />
    </>
  );
}
