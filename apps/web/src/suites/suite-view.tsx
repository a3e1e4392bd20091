import type { ScorerInfo, ScorerUse, SuiteSpec } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Card } from "../components/card.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { policyWords } from "../gate/policy-words.ts";
import { useFormat } from "../i18n/format.ts";

/** A suite in words: what is run, how it is scored, what a version must reach. */
export function SuiteView({ spec }: { spec: SuiteSpec }) {
  const { t } = useTranslation("suites");
  const scorers = useRead("listScorers", {});
  const infoOf = new Map(scorers.data?.items.map((info) => [info.type, info]));
  const hasJudges = spec.scorers.some(({ type, weight }) => weight > 0 && infoOf.get(type)?.kind === "judge");
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card title={t("whatIsRun")}>
        <p>
          {t("everyCaseOf")} <PlaceLink path={`/datasets/${spec.dataset}`}>{spec.dataset}</PlaceLink>{" "}
          {t("throughPrompt")} <PlaceLink path={`/prompts/${spec.prompt}`}>{spec.prompt}</PlaceLink>
          {spec.repeats > 1 && `, ${t("times", { count: spec.repeats })}`}.
        </p>
        {spec.repeats > 1 && (
          <p className="mt-1 text-ink-soft">
            {t("passesMinWords", { count: spec.passesMin ?? spec.repeats, of: spec.repeats })}
          </p>
        )}
        <h3 className="mt-4 mb-2 font-semibold">{t("scorers")}</h3>
        <ul className="flex flex-col divide-y divide-line">
          {spec.scorers.map((use) => (
            <ScorerLine key={use.name ?? use.type} use={use} info={infoOf.get(use.type)} />
          ))}
        </ul>
        <PassScore spec={spec} />
      </Card>
      <GateCard spec={spec} hasJudges={hasJudges} />
    </div>
  );
}

function PassScore({ spec: { passScore } }: { spec: SuiteSpec }) {
  const { t } = useTranslation("suites");
  const format = useFormat();
  return (
    <p className="mt-3 text-sm text-ink-soft">{t("passScoreWords", { score: format.score(passScore) })}</p>
  );
}

function ScorerLine({ use, info }: { use: ScorerUse; info: ScorerInfo | undefined }) {
  const { t } = useTranslation("suites");
  const format = useFormat();
  const { name, type, weight, threshold, negate, options } = use;
  const hasOptions = Object.keys(options).length > 0;
  return (
    <li className="flex flex-col gap-1 py-2.5 first:pt-0">
      <p className="flex flex-wrap items-center gap-2">
        <Bdi className="font-medium [overflow-wrap:anywhere]">{name ?? type}</Bdi>
        <span className="text-sm text-ink-soft">{info?.title ?? type}</span>
        {info !== undefined && info.kind !== "deterministic" && (
          <Badge tone="info">{t(`kind.${info.kind}`)}</Badge>
        )}
        {negate === true && <Badge tone="warn">{t("negated")}</Badge>}
        <span className="ml-auto text-sm">
          {weight === 0 ? t("onlyReported") : t("weightOf", { weight: format.integer(weight) })}
        </span>
      </p>
      {threshold !== undefined && (
        <p className="text-sm text-ink-soft">{t("passesFrom", { score: format.score(threshold) })}</p>
      )}
      {hasOptions && (
        <details>
          <summary className="w-fit cursor-pointer text-sm text-ink-soft">{t("options")}</summary>
          <ForeignText
            text={JSON.stringify(options, null, 2)}
            className="mt-1 rounded-lg bg-raised p-2.5 font-mono text-sm"
          />
        </details>
      )}
    </li>
  );
}

function GateCard({ spec, hasJudges }: { spec: SuiteSpec; hasJudges: boolean }) {
  const { t } = useTranslation(["suites", "gate"]);
  const { t: ofGate } = useTranslation("gate");
  const format = useFormat();
  if (spec.gate === undefined) {
    return (
      <Card title={t("gate")}>
        <p className="text-ink-soft">{t("noGateText")}</p>
      </Card>
    );
  }
  return (
    <Card title={t("gateFor", { label: spec.gate.label })}>
      <p className="mb-3 text-ink-soft">{t("gateText", { label: spec.gate.label })}</p>
      <ul className="list-disc pl-5">
        {policyWords(spec.gate, { t: ofGate, format }, hasJudges).map((sentence) => (
          <li key={sentence} className="mb-1 [overflow-wrap:anywhere]">
            {sentence}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-ink-soft">
        {t("gatePinned")} <PlaceLink path={`/prompts/${spec.prompt}/gates`}>{t("toGates")}</PlaceLink>
      </p>
    </Card>
  );
}
