import { isSetup, LIMITS } from "@assay/core/plain";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useSession } from "../api/session.ts";
import { useReads } from "../api/use-api.ts";

/** As many as one question may name. */
const ASKED_MAX = LIMITS.namedActorsMax;

/** What keys and people are called by their name: "you", a colleague, a key. The names come a moment later. */
export function useActorNames(actors: readonly (string | null)[]): (actor: string | null) => string {
  const { t } = useTranslation("shell");
  const { user } = useSession();
  const asked = [...new Set(actors.filter((actor) => actor !== null))].sort();
  const batches = Array.from({ length: Math.ceil(asked.length / ASKED_MAX) }, (_, index) => ({
    actors: asked.slice(index * ASKED_MAX, (index + 1) * ASKED_MAX).join(","),
  }));
  const answers = useReads("listActors", batches);
  const names = new Map(
    answers.flatMap(({ data }) => data?.items.map(({ actor, name }) => [actor, name] as const) ?? []),
  );
  return (actor) => {
    if (actor === null) return t("actors.unknown");
    if (actor === `user:${user.id}`) return t("actors.you");
    if (isSetup(actor)) return t("actors.setup");
    return nameOf(actor, names.get(actor), t);
  };
}

/** @param name undefined while it is on its way, null where there is none. */
function nameOf(actor: string, name: string | null | undefined, t: TFunction): string {
  const isKey = actor.startsWith("key:");
  if (name === undefined) return "…";
  if (name === null) return t(isKey ? "actors.goneKey" : "actors.gonePerson");
  return isKey ? t("actors.key", { name }) : name;
}
