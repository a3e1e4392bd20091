import type { PromptContent } from "@assay/core";
import { canonicalJson } from "@assay/core/plain";

type Content = Record<string, unknown>;

/** The messages and partials of a content as the lines of one text, a role or name in brackets before each. */
export function textLines(content: Content): string[] {
  const { messages = [], partials = {} } = content as Partial<PromptContent>;
  const texts = Object.entries(partials).sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...messages.flatMap((message) =>
      "role" in message
        ? [`[${message.role}]`, ...message.content.split("\n")]
        : [`[history${message.max === undefined ? "" : ` ${message.max}`}]`],
    ),
    ...texts.flatMap(([name, text]) => [`[partial ${name}]`, ...text.split("\n")]),
  ];
}

/** A part of two contents that differs, as the lines of its JSON. */
export interface MemberDiff {
  member: string;
  before: string[];
  after: string[];
}

/** What differs beside the texts: model, adapter, sampling, schema, tools, format. */
export function memberDiffs(before: Content, after: Content): MemberDiff[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => name !== "messages" && name !== "partials")
    .flatMap((member) => {
      const [left, right] = [before[member], after[member]];
      return sameMember(left, right) ? [] : [{ member, before: jsonLines(left), after: jsonLines(right) }];
    });
}

function sameMember(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(one) === canonicalJson(other);
}

function jsonLines(value: unknown): string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : JSON.stringify(value, null, 2).split("\n");
}
