import { keep } from "../components/use-kept.ts";

/** What is being written about one output. */
export interface KeptNote {
  itemId: string;
  text: string;
}

export const NO_NOTE: KeptNote = { itemId: "", text: "" };

export function noteName(tenant: string): string {
  return `annotation/${tenant}/note`;
}

export function isNote(value: unknown): value is KeptNote {
  if (typeof value !== "object" || value === null) return false;
  const { itemId, text } = value as Partial<KeptNote>;
  return typeof itemId === "string" && typeof text === "string";
}

/** Brings back what was written about an output whose label is taken back. */
export function keepNote(tenant: string, note: KeptNote): void {
  keep(noteName(tenant), note);
}
