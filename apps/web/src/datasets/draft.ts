import type { Case, CaseDiff, CaseEdit, CaseRow } from "@assay/core";
import { applyCaseEdit, canonicalJson, expectedText, inputText } from "@assay/core/plain";

const FIELDS = ["variables", "messages", "expected", "group"] as const;

/** What is to become of one case, and how its row reads then. */
export interface DraftEdit {
  edit: CaseEdit;
  input?: string;
  expected?: string | null;
}

/** Changes on a version that are not published yet. They live in the browser of who makes them. */
export interface Draft {
  /** The version they were made on; null where there was none. */
  base: number | null;
  note: string;
  edits: ReadonlyMap<string, DraftEdit>;
  removed: ReadonlySet<string>;
  added: readonly Case[];
}

export type Mark = "added" | "changed" | "removed";

export interface DraftRow extends CaseRow {
  mark: Mark | undefined;
}

export function emptyDraft(base: number | null): Draft {
  return { base, note: "", edits: new Map(), removed: new Set(), added: [] };
}

export function countsOf({ edits, removed, added }: Draft): Record<Mark, number> {
  const changed = [...edits.keys()].filter((key) => !removed.has(key)).length;
  return { added: added.length, changed, removed: removed.size };
}

export function isEmptyDraft(draft: Draft): boolean {
  const { added, changed, removed } = countsOf(draft);
  return added + changed + removed === 0;
}

/** What turns one case into another of the same key; undefined where nothing has to be done. */
export function editBetween(before: Case, after: Case): CaseEdit | undefined {
  const edit: CaseEdit = { key: before.key };
  const clear: CaseEdit["clear"] = [];
  for (const field of FIELDS) {
    if (isSame(before[field], after[field])) continue;
    if (after[field] === undefined) clear.push(field);
    else Object.assign(edit, { [field]: after[field] });
  }
  if (clear.length > 0) edit.clear = clear;
  if (!isSame(before.tags, after.tags)) edit.tags = after.tags;
  return Object.keys(edit).length === 1 ? undefined : edit;
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(one) === canonicalJson(other);
}

/** A case of the version as the draft has it. */
export function draftedCase(draft: Draft, base: Case): Case {
  const edit = draft.edits.get(base.key)?.edit;
  return edit === undefined ? base : applyCaseEdit(base, edit);
}

/** `base` is the case as the version has it; undefined for one that the draft added. */
export function withCase(draft: Draft, base: Case | undefined, after: Case): Draft {
  if (base === undefined) {
    const isThere = draft.added.some(({ key }) => key === after.key);
    const added = isThere
      ? draft.added.map((each) => (each.key === after.key ? after : each))
      : [...draft.added, after];
    return { ...draft, added };
  }
  const edits = new Map(draft.edits);
  const edit = editBetween(base, after);
  if (edit === undefined) edits.delete(base.key);
  else edits.set(base.key, { edit, input: inputText(after), expected: expectedText(after) });
  return { ...draft, edits };
}

export function withRemoved(draft: Draft, keys: readonly string[]): Draft {
  const gone = new Set(keys);
  const added = draft.added.filter(({ key }) => !gone.has(key));
  const wereAdded = new Set(draft.added.map(({ key }) => key));
  const removed = new Set([...draft.removed, ...keys.filter((key) => !wereAdded.has(key))]);
  return { ...draft, added, removed };
}

/** The cases as the version has them; those that the draft added are gone. */
export function withRestored(draft: Draft, keys: readonly string[]): Draft {
  const restored = new Set(keys);
  return {
    ...draft,
    edits: new Map([...draft.edits].filter(([key]) => !restored.has(key))),
    removed: new Set([...draft.removed].filter((key) => !restored.has(key))),
    added: draft.added.filter(({ key }) => !restored.has(key)),
  };
}

export interface BulkEdit {
  addTags?: string[];
  removeTags?: string[];
  /** Null takes the group away. */
  group?: string | null;
}

/** The same for many cases, of which no more than the key need be known. */
export function withBulk(draft: Draft, keys: readonly string[], bulk: BulkEdit): Draft {
  const wanted = new Set(keys);
  const added = draft.added.map((each) => (wanted.has(each.key) ? bulkEdited(each, bulk) : each));
  for (const { key } of draft.added) wanted.delete(key);
  const edits = new Map(draft.edits);
  for (const key of wanted) {
    if (draft.removed.has(key)) continue;
    const before = edits.get(key) ?? { edit: { key } };
    edits.set(key, { ...before, edit: mergedEdit(before.edit, bulk) });
  }
  return { ...draft, added, edits };
}

function bulkEdited(before: Case, { group, ...tagging }: BulkEdit): Case {
  const after = applyCaseEdit(before, { key: before.key, ...tagging, ...(group != null && { group }) });
  if (group === null) delete after.group;
  return after;
}

function mergedEdit(before: CaseEdit, { addTags = [], removeTags = [], group }: BulkEdit): CaseEdit {
  const after: CaseEdit = { ...before };
  if (addTags.length + removeTags.length > 0) mergeTags(after, { addTags, removeTags });
  if (group !== undefined) mergeGroup(after, group);
  return after;
}

function mergeTags(
  edit: CaseEdit,
  { addTags, removeTags }: { addTags: readonly string[]; removeTags: readonly string[] },
): void {
  if (edit.tags !== undefined) {
    const kept = edit.tags.filter((tag) => !removeTags.includes(tag));
    edit.tags = [...kept, ...addTags.filter((tag) => !kept.includes(tag))];
    return;
  }
  edit.addTags = union(
    (edit.addTags ?? []).filter((tag) => !removeTags.includes(tag)),
    addTags,
  );
  edit.removeTags = union(
    (edit.removeTags ?? []).filter((tag) => !addTags.includes(tag)),
    removeTags,
  );
}

function union(some: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...some, ...more])];
}

function mergeGroup(edit: CaseEdit, group: string | null): void {
  const clear: NonNullable<CaseEdit["clear"]> = (edit.clear ?? []).filter((field) => field !== "group");
  delete edit.group;
  if (group === null) clear.push("group");
  else edit.group = group;
  if (clear.length > 0) edit.clear = clear;
  else delete edit.clear;
}

/** A row of the version as the draft has it. */
export function draftedRow(draft: Draft, row: CaseRow): DraftRow {
  return rowWith(row, { edit: draft.edits.get(row.key), isRemoved: draft.removed.has(row.key) });
}

/** The same of what the draft says of this row alone. */
export function rowWith(
  row: CaseRow,
  { edit: found, isRemoved }: { edit: DraftEdit | undefined; isRemoved: boolean },
): DraftRow {
  if (found === undefined) return { ...row, mark: isRemoved ? "removed" : undefined };
  const { edit, input = row.input, expected = row.expected } = found;
  const tags = edit.tags ?? [
    ...row.tags.filter((tag) => !edit.removeTags?.includes(tag)),
    ...(edit.addTags ?? []).filter((tag) => !row.tags.includes(tag)),
  ];
  const group = edit.clear?.includes("group") ? null : (edit.group ?? row.group);
  return { ...row, input, expected, tags, group, mark: isRemoved ? "removed" : "changed" };
}

export function addedRow(added: Case, position: number): DraftRow {
  const { key, tags, group = null } = added;
  return {
    position,
    key,
    tags,
    group,
    input: inputText(added),
    expected: expectedText(added),
    mark: "added",
  };
}

/** What the server is told. */
export function changesOf({ base, note, edits, removed, added }: Draft) {
  return {
    base,
    note,
    changed: [...edits].filter(([key]) => !removed.has(key)).map(([, { edit }]) => edit),
    removed: [...removed],
    added: [...added],
  };
}

/** A case that somebody else changed since, and the draft too. */
export interface Conflict {
  key: string;
  theirs: CaseDiff;
  mine: Mark;
}

/** `since` are the differences from the draft's base to the newest version. */
export function conflictsOf(draft: Draft, since: readonly CaseDiff[]): Conflict[] {
  const addedKeys = new Set(draft.added.map(({ key }) => key));
  return since.flatMap((theirs) => {
    const { key } = theirs;
    const mine = addedKeys.has(key)
      ? "added"
      : draft.removed.has(key)
        ? "removed"
        : draft.edits.has(key)
          ? "changed"
          : undefined;
    return mine === undefined ? [] : [{ key, theirs, mine }];
  });
}

/** Puts the draft on a newer version. What the draft cannot do there, and what is to yield, is left out. */
export function rebased(
  draft: Draft,
  newest: number,
  { conflicts, yielding }: { conflicts: readonly Conflict[]; yielding: ReadonlySet<string> },
): Draft {
  const dropped = conflicts.filter(({ key, theirs }) => yielding.has(key) || theirs.kind === "removed");
  // A case that both have added becomes a change of theirs.
  const twice = conflicts.filter(
    ({ key, mine, theirs }) => mine === "added" && theirs.kind === "added" && !yielding.has(key),
  );
  const rest = withRestored(
    { ...draft, base: newest },
    [...dropped, ...twice].map(({ key }) => key),
  );
  return twice.reduce((next, { key, theirs }) => {
    const mine = draft.added.find((each) => each.key === key);
    return mine === undefined || theirs.after === null ? next : withCase(next, theirs.after, mine);
  }, rest);
}
