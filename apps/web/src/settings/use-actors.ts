import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay } from "../shell/use-tenant.ts";

export interface Actors {
  /** As people know an actor. Who may not read keys and members sees ids. */
  nameOf(actor: string): string;
  known: readonly { actor: string; name: string }[];
}

/** The tenant's people and keys, by the names that the audit log and versions call them by. */
export function useActors(): Actors {
  const { t } = useTranslation("settings");
  const isEnabled = useMay("admin");
  const keys = useList("listKeys", { limit: 200 }, { isEnabled });
  const members = useList("listMembers", { limit: 200 }, { isEnabled });
  return useMemo(() => {
    const known = [
      ...(members.data ?? []).map(({ user }) => ({ actor: `user:${user.id}`, name: user.name })),
      ...(keys.data ?? []).map(({ id, name }) => ({ actor: `key:${id}`, name: t("actors.key", { name }) })),
    ];
    const names = new Map(known.map(({ actor, name }) => [actor, name]));
    return { known, nameOf: (actor) => names.get(actor) ?? actor };
  }, [keys.data, members.data, t]);
}
