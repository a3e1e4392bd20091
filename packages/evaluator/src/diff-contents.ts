import {
  type ContentDiff,
  diffLines,
  type Json,
  type PromptContent,
  type PromptMessage,
  sameJson,
} from "@assay/core";

/**
 * How one version's content differs from another's. Without `before` everything is new. Members that are equal are
 * left out; the messages are compared as text, line by line, a role in square brackets before each.
 */
export function diffContents(before: PromptContent | undefined, after: PromptContent): ContentDiff {
  return {
    messages: diffLines(before === undefined ? [] : linesOf(before.messages), linesOf(after.messages)),
    members: diffMembers(before, after),
  };
}

function linesOf(messages: readonly PromptMessage[]): string[] {
  return messages.flatMap((message) => {
    if ("role" in message) return [`[${message.role}]`, ...message.content.split("\n")];
    return [`[${message.placeholder}${message.max === undefined ? "" : `, newest ${message.max}`}]`];
  });
}

function diffMembers(before: PromptContent | undefined, after: PromptContent): ContentDiff["members"] {
  const { messages: _, ...old } = before ?? { messages: [] };
  const { messages: __, ...young } = after;
  const sides = [old, young] as { [member: string]: Json | undefined }[];
  const names = [...new Set(sides.flatMap((side) => Object.keys(side)))].sort();
  return names.flatMap((member) => {
    const [left, right] = sides.map((side) => side[member] ?? null);
    return sameJson(left, right) ? [] : [{ member, before: left ?? null, after: right ?? null }];
  });
}
