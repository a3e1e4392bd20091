import type { Case, ChatMessage, Json } from "@assay/core";
import { splitList } from "@assay/core/plain";

export interface CaseFields {
  key: string;
  expected: string;
  /** Separated by commas. */
  tags: string;
  group: string;
}

/** A key that sorts by time and is nobody else's. */
export function freshCaseKey(now: Date, random: string): string {
  const time = now.toISOString().slice(0, 16).replace(/[-:]/g, "").replace("T", "-");
  return `playground-${time}-${random}`;
}

/** What stands in the field as what is expected: JSON where it is an object or a list, else the text as it is. */
export function expectedIn(text: string): Json | undefined {
  if (text.trim() === "") return undefined;
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

interface Asked {
  variables: Readonly<Record<string, Json>>;
  messages: readonly ChatMessage[];
}

/** The input that was tried, as a case. */
export function newCase({ variables, messages }: Asked, { key, expected, tags, group }: CaseFields): Case {
  const wanted = expectedIn(expected);
  return {
    key: key.trim(),
    ...((Object.keys(variables).length > 0 || messages.length === 0) && { variables: { ...variables } }),
    ...(messages.length > 0 && { messages: [...messages] }),
    ...(wanted !== undefined && { expected: wanted }),
    tags: [...new Set(splitList(tags, ","))],
    ...(group.trim() !== "" && { group: group.trim() }),
  };
}
