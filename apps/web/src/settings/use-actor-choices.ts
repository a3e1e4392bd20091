import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";

/** The tenant's people and keys, for admins to choose among. */
export function useActorChoices(): { value: string; text: string }[] {
  const { t } = useTranslation("shell");
  const keys = useList("listKeys", { limit: 200 });
  const members = useList("listMembers", { limit: 200 });
  return useMemo(
    () => [
      ...(members.data ?? []).map(({ user }) => ({ value: `user:${user.id}`, text: user.name })),
      ...(keys.data ?? []).map(({ id, name }) => ({ value: `key:${id}`, text: t("actors.key", { name }) })),
    ],
    [keys.data, members.data, t],
  );
}
