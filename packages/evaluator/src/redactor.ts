import type { Json, PiiKind } from "@assay/core";
import { findPii } from "./pii/find-pii.ts";

export interface Replaced {
  /** JSON pointer (RFC 6901) to the text, as it reads after replacing. */
  path: string;
  kind: PiiKind;
  placeholder: string;
}

/**
 * Replaces personal data and secrets by placeholders such as `[EMAIL_1]`. One redactor gives the same value the same
 * placeholder wherever it meets it, so that a text still says who is the same, and numbers the values of a kind in the
 * order in which it meets them.
 */
export class Redactor {
  readonly #kinds: ReadonlySet<PiiKind>;
  readonly #placeholders = new Map<string, string>();
  readonly #counts = new Map<PiiKind, number>();

  constructor(kinds: Iterable<PiiKind>) {
    this.#kinds = new Set(kinds);
  }

  /** The same value with every text in it redacted, names of members included. `replaced` gets what was done. */
  redact<T extends Json>(value: T, replaced: Replaced[], path = ""): T {
    return this.#redactJson(value, replaced, path) as T;
  }

  #redactJson(value: Json, replaced: Replaced[], path: string): Json {
    if (typeof value === "string") return this.#redactText(value, replaced, path);
    if (Array.isArray(value))
      return value.map((item, index) => this.#redactJson(item, replaced, `${path}/${index}`));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const redacted = this.#redactText(name, replaced, path);
        const inside = `${path}/${redacted.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        return [redacted, this.#redactJson(member, replaced, inside)];
      }),
    );
  }

  #redactText(text: string, replaced: Replaced[], path: string): string {
    if (this.#kinds.size === 0) return text;
    let result = "";
    let end = 0;
    for (const find of findPii(text)) {
      if (!this.#kinds.has(find.kind)) continue;
      const placeholder = this.#placeholderOf(find.kind, text.slice(find.start, find.end));
      replaced.push({ path, kind: find.kind, placeholder });
      result += text.slice(end, find.start) + placeholder;
      end = find.end;
    }
    return result + text.slice(end);
  }

  #placeholderOf(kind: PiiKind, value: string): string {
    const name = `${kind} ${value.toLowerCase()}`;
    const known = this.#placeholders.get(name);
    if (known !== undefined) return known;
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    const placeholder = `[${kind.toUpperCase().replaceAll("-", "_")}_${number}]`;
    this.#placeholders.set(name, placeholder);
    return placeholder;
  }
}
