import { ArrowRightLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { PlaceLink } from "../components/place-link.tsx";

const PRODUCTION = "production";

interface InProductionProps {
  prompt: string;
  /** The version that is shown, or that the text was begun from; null for the first one. */
  version: number | null;
  isChanged: boolean;
}

/** What answers now, where it is not what stands in the editor: whoever edits must not take one for the other. */
export function InProduction({ prompt, version, isChanged }: InProductionProps) {
  const { t } = useTranslation("prompts");
  const labels = useRead("listLabels", { prompt });
  const served = labels.data?.items.find(({ name }) => name === PRODUCTION)?.version;
  if (labels.data === undefined || version === null) return null;
  if (served === undefined) return <p className="text-sm text-ink-soft">{t("inProduction.none")}</p>;
  if (served === version) {
    return (
      <p className="text-sm text-ink-soft">
        {t(isChanged ? "inProduction.changed" : "inProduction.same", { version })}
      </p>
    );
  }
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-warn-soft px-3.5 py-2 text-warn">
      <ArrowRightLeft className="size-4.5 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1 basis-56">
        {t(isChanged ? "inProduction.otherChanged" : "inProduction.other", { served, version })}
      </span>
      <PlaceLink
        path={`/prompts/${prompt}`}
        search={{ tab: "versions", from: served, to: version }}
        className="font-medium underline underline-offset-2"
      >
        {t("inProduction.compare", { from: served, to: version })}
      </PlaceLink>
      <PlaceLink
        path={`/prompts/${prompt}/promote`}
        search={{ label: PRODUCTION, version }}
        className="font-medium underline underline-offset-2"
      >
        {t("inProduction.promote", { version })}
      </PlaceLink>
    </p>
  );
}
