import type { AuditEntry } from "@assay/core";
import { isSetup } from "@assay/core/plain";
import type { TFunction } from "i18next";

/** People by their name, keys as keys, and whoever has none by what they were. */
export function whoOf(
  { actor, actorName }: Pick<AuditEntry, "actor" | "actorName">,
  t: TFunction<"settings">,
): string {
  if (isSetup(actor)) return t("audit.who.setup");
  const [kind = ""] = actor.split(":");
  if (actorName !== null) return kind === "key" ? t("actors.key", { name: actorName }) : actorName;
  return t(`audit.who.${["user", "key", "operator"].includes(kind) ? kind : "platform"}`);
}
