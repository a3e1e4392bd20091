import type { ComparedCase, ComparedDeltas } from "@assay/core";
import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { Loaded } from "../components/loaded.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { showHidden } from "../i18n/show-hidden.ts";

const SHOWN_MAX = 10;
const EXCERPT_MAX = 160;

interface FlipsCardProps {
  runs: string;
  baselineVersion: number | null;
  deltas: ComparedDeltas | null;
  onCase: (key: string) => void;
}

/** What changed for single cases against the version in use: what got worse first. */
export function FlipsCard({ runs, baselineVersion, deltas, onCase }: FlipsCardProps) {
  const { t } = useTranslation("evaluations");
  const lost = useList("listComparedCases", { runs, change: "lost", limit: SHOWN_MAX });
  return (
    <Card
      title={t("flips", { version: baselineVersion ?? "?" })}
      actions={
        <PlaceLink path="/evaluations/compare" search={{ runs }}>
          {t("compareInFull")}
        </PlaceLink>
      }
    >
      <p className="mb-3 flex flex-wrap gap-2">
        <Badge tone={(deltas?.losses ?? 0) > 0 ? "bad" : "neutral"}>
          <ArrowDownRight className="size-3.5" aria-hidden />
          {t("gotWorse", { count: deltas?.losses ?? 0 })}
        </Badge>
        <Badge tone={(deltas?.gains ?? 0) > 0 ? "good" : "neutral"}>
          <ArrowUpRight className="size-3.5" aria-hidden />
          {t("gotBetter", { count: deltas?.gains ?? 0 })}
        </Badge>
      </p>
      <Loaded from={lost}>
        {(cases) =>
          cases.length === 0 ? (
            <p className="text-ink-soft">{t("nothingGotWorse")}</p>
          ) : (
            <ul className="flex flex-col divide-y divide-line">
              {cases.map((one) => (
                <Flip key={one.caseKey} one={one} onCase={onCase} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

function Flip({ one, onCase }: { one: ComparedCase; onCase: (key: string) => void }) {
  const { t } = useTranslation("evaluations");
  const [before, now] = one.outcomes;
  return (
    <li className="grid gap-x-4 gap-y-1 py-2 sm:grid-cols-[12rem_1fr_1fr]">
      <div className="min-w-0">
        <button
          type="button"
          onClick={() => onCase(one.caseKey)}
          className="text-left text-accent underline-offset-2 [overflow-wrap:anywhere] hover:underline"
        >
          <Bdi>{one.caseKey}</Bdi>
        </button>
        <p className="text-sm text-ink-soft">
          <Bdi>{one.tags.join(", ")}</Bdi>
        </p>
      </div>
      <Excerpt name={t("before")} text={before?.output ?? before?.reason ?? null} />
      <Excerpt name={t("now")} text={now?.output ?? now?.reason ?? null} />
    </li>
  );
}

function Excerpt({ name, text }: { name: string; text: string | null }) {
  return (
    <p className="min-w-0 text-sm">
      <span className="block text-xs text-ink-soft">{name}</span>
      <Bdi className="foreign-text line-clamp-3 font-mono">
        {text === null ? "–" : showHidden(text.slice(0, EXCERPT_MAX))}
      </Bdi>
    </p>
  );
}
