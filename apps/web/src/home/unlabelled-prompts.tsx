import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { PlaceLink } from "../components/place-link.tsx";

/** Prompts that no app can ask by a label yet: those in the making, and those that judges use. */
export function UnlabelledPrompts() {
  const { t } = useTranslation("home");
  const prompts = useList("listPromptOverviews", { limit: 25, labelled: "false", judges: "false" });
  if (prompts.data?.length === 0) return null;
  return (
    <Card title={t("unlabelled.title")}>
      <p className="mb-3 max-w-prose text-sm text-ink-soft">{t("unlabelled.text")}</p>
      <Loaded from={prompts}>
        {(rows) => (
          <ul className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2 xl:grid-cols-3">
            {rows.map(({ prompt, latestVersion }) => (
              <li key={prompt} className="flex min-w-0 gap-2">
                <PlaceLink path={`/prompts/${prompt}`} className="truncate text-accent hover:underline">
                  <Bdi>{prompt}</Bdi>
                </PlaceLink>
                <span className="tabular shrink-0 text-sm text-ink-soft">
                  {latestVersion === null ? t("noVersion") : t("newest", { version: latestVersion })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <MoreButton of={prompts} />
    </Card>
  );
}
