import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "../components/button.tsx";
import { useTenant } from "../shell/use-tenant.ts";

/** After saving: the version is there, nothing uses it yet, and these are the ways on. */
export function SavedNotice({ prompt, version }: { prompt: string; version: number }) {
  const { t } = useTranslation("prompts");
  const { slug: tenant } = useTenant();
  const query = new URLSearchParams({ start: "yes", prompt, version: String(version) });
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-3 rounded-lg bg-good-soft px-3.5 py-2.5 text-good"
    >
      <CircleCheck className="size-4.5 shrink-0" aria-hidden />
      <p className="min-w-0 flex-1 basis-64">{t("save.saved", { version })}</p>
      <Link to={`/t/${tenant}/evaluations?${query}` as "/"} className={buttonClass("plain", true)}>
        {t("save.evaluate")}
      </Link>
      <Link
        to={`/t/${tenant}/prompts/${encodeURIComponent(prompt)}/promote?version=${version}` as "/"}
        className={buttonClass("plain", true)}
      >
        {t("toPromote")}
      </Link>
    </div>
  );
}
