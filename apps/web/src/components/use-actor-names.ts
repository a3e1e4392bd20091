import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { useRead } from "../api/use-api.ts";

const ASKED_MAX = 50;

/** What keys and people are called by their name: "you", a colleague, a key. The names come a moment later. */
export function useActorNames(actors: readonly (string | null)[]): (actor: string | null) => string {
  const { t } = useTranslation("shell");
  const { user } = useSession();
  const asked = [...new Set(actors.filter((actor) => actor !== null))].sort().slice(0, ASKED_MAX);
  const { data } = useRead("listActors", { actors: asked.join(",") }, { isEnabled: asked.length > 0 });
  return useMemo(() => {
    const names = new Map(data?.items.map(({ actor, name }) => [actor, name]));
    return (actor) => {
      if (actor === null) return t("actors.unknown");
      if (actor === `user:${user.id}`) return t("actors.you");
      return nameOf(actor, names.get(actor), t);
    };
  }, [data, user.id, t]);
}

/** @param name undefined while it is on its way, null where there is none. */
function nameOf(actor: string, name: string | null | undefined, t: TFunction): string {
  const isKey = actor.startsWith("key:");
  if (name === undefined) return "…";
  if (name === null) return t(isKey ? "actors.goneKey" : "actors.gonePerson");
  return isKey ? t("actors.key", { name }) : name;
}
