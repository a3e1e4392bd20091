import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { useMay } from "../shell/use-tenant.ts";

/** An actor as people know it: a key by its name. Who may not read the keys sees its id. */
export function useActorName(): (actor: string) => string {
  const { t } = useTranslation("settings");
  const keys = useList("listKeys", { limit: 200 }, { isEnabled: useMay("admin") });
  return useMemo(() => {
    const names = new Map(keys.data?.map(({ id, name }) => [`key:${id}`, t("actors.key", { name })]));
    return (actor) => names.get(actor) ?? actor;
  }, [keys.data, t]);
}
