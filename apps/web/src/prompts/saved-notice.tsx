import { CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "../components/button.tsx";
import { PlaceLink } from "../components/place-link.tsx";

/** After saving: the version is there, nothing uses it yet, and these are the ways on. */
export function SavedNotice({ prompt, version }: { prompt: string; version: number }) {
  const { t } = useTranslation("prompts");
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-3 rounded-lg bg-good-soft px-3.5 py-2.5 text-good"
    >
      <CircleCheck className="size-4.5 shrink-0" aria-hidden />
      <p className="min-w-0 flex-1 basis-64">{t("save.saved", { version })}</p>
      <PlaceLink
        path="/evaluations"
        search={{ start: "yes", prompt, version }}
        className={buttonClass("plain", true)}
      >
        {t("save.evaluate")}
      </PlaceLink>
      <PlaceLink
        path={`/prompts/${prompt}/promote`}
        search={{ version }}
        className={buttonClass("plain", true)}
      >
        {t("toPromote")}
      </PlaceLink>
    </div>
  );
}
