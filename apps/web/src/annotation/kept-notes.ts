/** What is being written about outputs that have no label yet, by item. */
export type KeptNotes = Readonly<Record<string, string>>;

export const NO_NOTES: KeptNotes = {};

/** Of items that were never labelled the oldest notes go. */
const NOTES_MAX = 100;

export function isNotes(value: unknown): value is KeptNotes {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string")
  );
}

/** With what is written about an item now; nothing written is nothing kept. */
export function withNote(notes: KeptNotes, itemId: string, text: string): KeptNotes {
  const others = Object.entries(notes).filter(([id]) => id !== itemId);
  const all = text === "" ? others : [...others, [itemId, text] as const];
  return Object.fromEntries(all.slice(-NOTES_MAX));
}
