import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAll } from "../api/use-api.ts";

/** The tenant's people and keys, for admins to choose among. */
export function useActorChoices(): { value: string; text: string }[] {
  const { t } = useTranslation("shell");
  const keys = useAll("listKeys", {});
  const members = useAll("listMembers", {});
  return useMemo(
    () => [
      ...(members.data ?? []).map(({ user }) => ({ value: `user:${user.id}`, text: user.name })),
      ...(keys.data ?? []).map(({ id, name }) => ({ value: `key:${id}`, text: t("actors.key", { name }) })),
    ],
    [keys.data, members.data, t],
  );
}
