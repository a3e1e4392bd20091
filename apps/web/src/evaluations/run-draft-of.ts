import type { RunDraft } from "@assay/core";

/** What the dialog holds, as it is typed. */
export interface RunChoice {
  suite: string;
  /** A number, a label, or empty for the newest. */
  version: string;
  cases: "all" | "tags" | "sample" | "failing";
  tags: readonly string[];
  sample: string;
  failingIn: string;
  /** In whole units of money. */
  budget: string;
  asksAnew: boolean;
  stopsEarly: boolean;
}

const MICROS = 1_000_000;

/** The draft that a choice means; undefined while something is missing. */
export function runDraftOf(choice: RunChoice): RunDraft | undefined {
  const selection = selectionOf(choice);
  const budget = Number(choice.budget.replace(",", "."));
  if (choice.suite === "" || selection === "missing" || !(budget >= 0)) return undefined;
  return {
    suite: choice.suite,
    ...versionOf(choice.version),
    ...(selection !== undefined && { selection }),
    ...(budget > 0 && { budgetMicros: Math.round(budget * MICROS) }),
    ...(choice.asksAnew && { reuse: "never" as const }),
    ...(choice.stopsEarly && selection === undefined && { stopEarly: true }),
  };
}

function versionOf(version: string): Pick<RunDraft, "version" | "label"> {
  if (version === "") return {};
  return /^\d+$/.test(version) ? { version: Number(version) } : { label: version };
}

function selectionOf({ cases, tags, sample, failingIn }: RunChoice): RunDraft["selection"] | "missing" {
  if (cases === "all") return undefined;
  if (cases === "tags") return tags.length === 0 ? "missing" : { tags: [...tags] };
  if (cases === "failing") return failingIn === "" ? "missing" : { failingIn };
  const count = Number(sample);
  return Number.isInteger(count) && count > 0 ? { sample: { cases: count, seed: 0 } } : "missing";
}
