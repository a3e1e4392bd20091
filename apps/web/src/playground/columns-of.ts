import { type Column, DRAFT_EDIT, isDraft, readColumns } from "./column.ts";

interface Known {
  /** The version that the person's draft was begun from; null where there is no draft, undefined until that is known. */
  draftAt: string | null | undefined;
  /** The names of the prompt's labels; undefined until they are known. */
  labels: readonly string[] | undefined;
}

/**
 * The columns that the address asks for; where it asks for none, what is in production and the person's own draft beside
 * it. A draft that is gone leaves the version that it was begun from.
 */
export function columnsOf(address: string | undefined, { draftAt, labels }: Known): Column[] {
  const asked = readColumns(address);
  if (asked.length > 0) return asked.map((column) => withDraft(column, draftAt));
  if (labels === undefined || draftAt === undefined) return [];
  const first = { at: labels.includes("production") ? "production" : "latest" };
  return draftAt === null ? [first] : [first, { at: draftAt, edit: DRAFT_EDIT }];
}

function withDraft(column: Column, draftAt: Known["draftAt"]): Column {
  if (!isDraft(column) || draftAt === undefined) return column;
  if (draftAt !== null) return { ...column, at: draftAt };
  const { edit: _, ...rest } = column;
  return rest;
}
