import { createLazyRoute, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useList, useRead } from "../api/use-api.ts";
import { Bdi } from "../components/bdi.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { SelectField } from "../components/field.tsx";
import { LabelBadge, useStandingWords } from "../components/label-badge.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Page } from "../components/page.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { AskedRollback } from "./asked-rollback.tsx";
import { MovesTable } from "./moves-table.tsx";
import { PromptPlaces } from "./prompt-places.tsx";

export const route = createLazyRoute("/person/t/$tenant/prompts/$prompt/history")({ component: HistoryPage });

/** Every move of a label: who, when, from what to what and by what right; and the way back. */
function HistoryPage() {
  const { t } = useTranslation("promotion");
  const { prompt } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const labels = useRead("listLabels", { prompt });
  const names = new Set([...(labels.data?.items ?? []).map(({ name }) => name)]);
  const label = search.label ?? (names.has("production") ? "production" : ([...names][0] ?? "production"));
  names.add(label);
  return (
    <Page
      title={t("history.title", { prompt })}
      above={
        <PlaceLink path={`/prompts/${prompt}`}>
          <Bdi>{prompt}</Bdi>
        </PlaceLink>
      }
      subtitle={t("history.subtitle")}
      actions={<PromptPlaces prompt={prompt} label={label} open="history" />}
    >
      <SelectField
        className="max-w-72"
        label={t("chooser.label")}
        value={label}
        onChange={(event) => void navigate({ to: ".", search: { label: event.target.value }, replace: true })}
        options={[...names].map((name) => ({ value: name, text: name }))}
      />
      <Loaded from={labels}>{() => <LabelHistory prompt={prompt} label={label} />}</Loaded>
    </Page>
  );
}

function LabelHistory({ prompt, label }: { prompt: string; label: string }) {
  const { t } = useTranslation("promotion");
  const wordsOf = useStandingWords();
  const labels = useRead("listLabels", { prompt });
  const moves = useList("listLabelMoves", { prompt, label });
  const present = labels.data?.items.find(({ name }) => name === label);
  return (
    <>
      {present !== undefined && (
        <div>
          <LabelBadge label={present} />
          <p className="text-ink-soft [overflow-wrap:anywhere]">{wordsOf(present)}</p>
        </div>
      )}
      {moves.data !== undefined && labels.data !== undefined && (
        <AskedRollback prompt={prompt} label={label} moves={moves.data} present={present?.version ?? null} />
      )}
      <Loaded from={moves}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              title={t("history.empty", { label })}
              action={
                <PlaceLink path={`/prompts/${prompt}/promote`} search={{ label }}>
                  {t("places.promote")}
                </PlaceLink>
              }
            >
              {t("history.emptyText")}
            </EmptyState>
          ) : (
            <MovesTable prompt={prompt} rows={rows} present={present?.version ?? null} />
          )
        }
      </Loaded>
      <MoreButton of={moves} />
    </>
  );
}
