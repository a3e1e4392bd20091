import type { Page, PromptContent, TimelineVersion } from "@assay/core";
import { diffContents } from "@assay/evaluator";
import { listLabelRows, listPromptVersionRows, type PromptVersionRow, type TenantTx } from "@assay/store";
import type { Context } from "../context.ts";
import { numericKeysetOf, pageOfRows } from "../page-of-rows.ts";
import { nameActors } from "../people/name-actors.ts";
import { effectiveVersionId } from "../promotion/effective-version.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { versionEvidence } from "./version-evidence.ts";

/** Versions of a prompt, newest first, each against the one before it. */
export async function listPromptTimeline(
  context: Context,
  { prompt, ...query }: VerbInput<"listPromptTimeline">,
): Promise<Page<TimelineVersion>> {
  const page = numericKeysetOf(query);
  const { items, nextCursor } = await context.tenant.read(async (tx) => {
    const { id } = await findPrompt(context, tx, prompt);
    // The page's last version is shown against the one that the next page begins with.
    const { rows, isCut } = await listPromptVersionRows(tx, id, page);
    const { items: shown, nextCursor } = pageOfRows({
      query,
      rows,
      isCut,
      toItem: (row) => row,
      cursorOf: (row) => row.version,
    });
    const last = rows.at(-1);
    const following =
      isCut && last && (await listPromptVersionRows(tx, id, { after: last.version, limit: 1 }));
    const before = [...rows, ...(following ? following.rows : [])];
    const labels = await labelsByVersion(context, tx, id);
    const items: Unnamed[] = [];
    for (const [index, row] of shown.entries()) {
      items.push({
        ...factsOf(row),
        createdBy: row.createdBy,
        labels: labels.get(row.id) ?? [],
        changes: changesOf(before[index + 1]?.content, row.content),
        evidence: await versionEvidence(context.platform, tx, row),
      });
    }
    return { items, nextCursor };
  });
  const named = await nameActors(
    context,
    items.map(({ createdBy }) => createdBy),
  );
  return { items: items.map((item) => ({ ...item, createdBy: named(item.createdBy) })), nextCursor };
}

/** With the actor that nobody has named yet. */
type Unnamed = Omit<TimelineVersion, "createdBy"> & { createdBy: string | null };

function factsOf({ version, note, createdAt, content }: PromptVersionRow) {
  const { model, adapter = null } = content;
  return { version, note, createdAt: createdAt.toISOString(), model, adapter };
}

/** Names of labels by the id of the version that they mean now. */
async function labelsByVersion(
  context: Context,
  tx: TenantTx,
  promptId: string,
): Promise<Map<string, string[]>> {
  const now = context.platform.now();
  const labels = new Map<string, string[]>();
  for (const row of await listLabelRows(tx, promptId)) {
    const versionId = effectiveVersionId(row, now);
    if (versionId !== null) labels.set(versionId, [...(labels.get(versionId) ?? []), row.name]);
  }
  return labels;
}

function changesOf(before: PromptContent | undefined, after: PromptContent): TimelineVersion["changes"] {
  const { messages, members } = diffContents(before, after);
  return {
    linesAdded: messages.filter(({ kind }) => kind === "added").length,
    linesRemoved: messages.filter(({ kind }) => kind === "removed").length,
    members: members.map(({ member }) => member),
  };
}
