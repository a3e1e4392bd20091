import type { VerdictClause } from "@assay/core";
import type { TFunction } from "i18next";
import type { Format } from "../i18n/format.ts";
import { kappaDegree } from "./kappa-degree.ts";

/** What a version that others are held against is to the label; nothing where that is not known, or it is neither. */
export type IncumbentRole = "inUse" | "lastPromoted" | undefined;

interface Words {
  t: TFunction;
  format: Format;
  roleOf?: ((version: number) => IncumbentRole) | undefined;
}

const RELATIVE: ReadonlySet<VerdictClause["clause"]> = new Set(["maxRegression", "minImprovement"]);

/** A clause of a verdict in a plain sentence: what was found, what is asked for, how far off. */
export function clauseWords(clause: VerdictClause, words: Words): string {
  const { t } = words;
  const { interval, outcome } = clause;
  const against = againstWords(clause, words);
  if (RELATIVE.has(clause.clause) && interval === undefined) {
    return t(`words.${clause.clause}.${outcome === "pass" ? "nothingToCompare" : "notMeasured"}`, {
      against,
    });
  }
  if (outcome !== "suspended" && needsMean(clause) && interval?.mean == null) return t("words.unknown");
  if (clause.clause === "evidence" || clause.clause === "approval") {
    return t(`words.${clause.clause}`, { message: clause.message });
  }
  const isNamed =
    clause.clause === "noFlips" && outcome !== "suspended" && clause.incumbentVersion !== undefined;
  return t(`words.${clause.clause}.${outcome}${isNamed ? "Against" : ""}`, {
    ...valuesOf(clause, words),
    against,
  });
}

/** The version that a clause compares with: "version 4, the last one promoted". Older verdicts do not name it. */
export function againstWords({ incumbentVersion }: VerdictClause, { t, roleOf }: Words): string {
  if (incumbentVersion === undefined) return t("against.unknown");
  return t(`against.${roleOf?.(incumbentVersion) ?? "version"}`, { version: incumbentVersion });
}

function needsMean({ clause }: VerdictClause): boolean {
  return clause === "minScore" || RELATIVE.has(clause);
}

/** What more of the same would do, where it would. */
export function neededWords({ clause, needed, count }: VerdictClause, { t, format }: Words): string | null {
  if (needed === undefined) return null;
  const key = clause === "judgeAgreement" ? "neededLabels" : "needed";
  return t(key, {
    needed: format.integer(needed),
    more: format.integer(Math.max(1, needed - (count ?? 0))),
  });
}

/** Names the clause: "Score", "Not worse · clarity". */
export function clauseName({ clause, metric }: VerdictClause, t: TFunction): string {
  return metric === undefined ? t(`name.${clause}`) : `${t(`name.${clause}`)} · ${metric}`;
}

function valuesOf(clause: VerdictClause, { t, format }: Words) {
  const { value, bound, interval, count, metric } = clause;
  const place = RELATIVE.has(clause.clause) && clause.outcome !== "suspended" ? "within." : "";
  const show = showerOf(clause, format);
  const mean = interval?.mean ?? null;
  return {
    metric,
    what: metric === undefined ? t(`${place}score`) : t(`${place}metric`, { metric }),
    value: show(value),
    bound: show(bound),
    mean: show(mean),
    lower: show(interval?.lower ?? null),
    gap: mean === null || bound === null ? "–" : format.score(bound - mean),
    count: format.integer(count ?? 0),
    degree: degreeWord(value, t),
    degreeAsked: degreeWord(bound, t),
  };
}

function degreeWord(kappa: number | null, t: TFunction): string {
  return kappa === null ? "–" : t(`degree.${kappaDegree(kappa)}`);
}

function showerOf({ clause }: VerdictClause, format: Format): (value: number | null) => string {
  const ways: Partial<Record<VerdictClause["clause"], (value: number) => string>> = {
    maxRegression: format.signed,
    minImprovement: format.signed,
    maxLatencyP95Ms: format.duration,
    maxCostPerCaseMicros: format.costOfThousand,
    minScore: format.score,
    judgeAgreement: format.score,
  };
  const way = ways[clause] ?? format.integer;
  return (value) => (value === null ? "–" : way(value));
}
