import type { NamedActor } from "@assay/core";
import { isSetup } from "@assay/core/plain";
import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { Bdi } from "../components/bdi.tsx";

/** Who did something: oneself, a colleague, or a key with its sign. */
export function ActorName({ of }: { of: NamedActor | null }) {
  const { t } = useTranslation("prompts");
  const { user } = useSession();
  if (of === null) return <span>{t("shell:actors.unknown")}</span>;
  if (of.actor === `user:${user.id}`) return <span>{t("shell:actors.you")}</span>;
  if (isSetup(of.actor)) return <span>{t("shell:actors.setup")}</span>;
  const isKey = of.actor.startsWith("key:");
  if (of.name === null) return <span>{t(isKey ? "shell:actors.goneKey" : "shell:actors.gonePerson")}</span>;
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1">
      {isKey && <KeyRound className="size-3.5 shrink-0" role="img" aria-label={t("key")} />}
      <Bdi className="truncate">{of.name}</Bdi>
    </span>
  );
}
