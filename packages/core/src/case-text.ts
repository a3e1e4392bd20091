/** The parts of a case that a line of text is made of. */
interface CaseParts {
  variables?: Record<string, unknown> | undefined;
  messages?: readonly { content?: unknown }[] | undefined;
  expected?: unknown;
}

const SHOWN_LENGTH_MAX = 300;

/** What a case asks, on one line: its last message, and else its variables. */
export function inputText({ messages, variables }: CaseParts): string {
  const last = messages?.at(-1);
  if (last !== undefined) return shortened(textOf(last.content ?? ""));
  const entries = Object.entries(variables ?? {});
  if (entries.length === 1) return shortened(textOf(entries[0]?.[1]));
  return shortened(entries.map(([name, value]) => `${name}: ${textOf(value)}`).join(" · "));
}

/** What a case expects, on one line; null where it expects nothing. */
export function expectedText({ expected }: CaseParts): string | null {
  return expected === undefined ? null : shortened(textOf(expected));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function shortened(text: string): string {
  if (text.length <= SHOWN_LENGTH_MAX) return text;
  // Never between the halves of a surrogate pair.
  const end = /[\uD800-\uDBFF]/.test(text[SHOWN_LENGTH_MAX - 1] ?? "")
    ? SHOWN_LENGTH_MAX - 1
    : SHOWN_LENGTH_MAX;
  return `${text.slice(0, end)}…`;
}
