import { createLazyRoute, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Bdi } from "../components/bdi.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { MoveChooser } from "./move-chooser.tsx";
import { PromotionView } from "./promotion-view.tsx";
import { PromptPlaces } from "./prompt-places.tsx";

export const route = createLazyRoute("/person/t/$tenant/prompts/$prompt/promote")({
  component: PromotePage,
});

/** While an evaluation runs its end is waited for. */
const BUSY_MS = 2_000;
const CALM_MS = 20_000;

/** What moving a label would mean, before and while it is decided. */
function PromotePage() {
  const { t } = useTranslation("promotion");
  const { prompt } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const about = useRead("getPrompt", { prompt });
  const label = search.label ?? "production";
  const version = search.version ?? about.data?.latestVersion ?? null;
  const choose = (change: { version?: number; label?: string }) =>
    void navigate({ to: ".", search: { ...search, ...change }, replace: true });
  return (
    <Page
      title={t("promote.title", { prompt })}
      above={
        <PlaceLink path={`/prompts/${prompt}`}>
          <Bdi>{prompt}</Bdi>
        </PlaceLink>
      }
      subtitle={t("promote.subtitle")}
      actions={<PromptPlaces prompt={prompt} label={label} open="promote" />}
    >
      <Loaded from={about}>
        {() =>
          version === null ? (
            <EmptyState title={t("promote.noVersion")}>{t("promote.noVersionText")}</EmptyState>
          ) : (
            <>
              <MoveChooser prompt={prompt} label={label} version={version} onChoose={choose} />
              <LivePromotion key={`${label} ${version}`} {...{ prompt, label, version }} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function LivePromotion({ prompt, label, version }: { prompt: string; label: string; version: number }) {
  const [isBusy, setBusy] = useState(false);
  const everyMs = isBusy ? BUSY_MS : CALM_MS;
  const read = useRead("getPromotion", { prompt, label, version }, { everyMs });
  const isRunning = read.data?.activeRun != null;
  if (isRunning !== isBusy) setBusy(isRunning);
  return <Loaded from={read}>{(promotion) => <PromotionView promotion={promotion} />}</Loaded>;
}
