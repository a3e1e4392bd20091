import type { Label } from "@assay/core";
import { type LabelRow, listLabelRows, type PromptRow, type TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { effectiveVersionId } from "./effective-version.ts";
import { viewLabel } from "./label-view.ts";

/** A prompt's labels that point somewhere now, `production` first, then those moved last; and how many there are. */
export async function viewLabels(
  platform: Platform,
  tx: TenantTx,
  { prompt, max }: { prompt: PromptRow; max: number },
): Promise<{ labels: Label[]; labelCount: number }> {
  const now = platform.now();
  const rows = (await listLabelRows(tx, prompt.id)).filter((row) => effectiveVersionId(row, now) !== null);
  const labels: Label[] = [];
  for (const row of rows.toSorted(byImportance).slice(0, max)) {
    const label = await viewLabel(platform, tx, { prompt, row });
    if (label !== null) labels.push(label);
  }
  return { labels, labelCount: rows.length };
}

function byImportance(one: LabelRow, other: LabelRow): number {
  const [first, second] = [one, other].map(({ name }) => (name === "production" ? 0 : 1));
  return (first ?? 0) - (second ?? 0) || other.updatedAt.getTime() - one.updatedAt.getTime();
}
