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
 * left out; messages and partials are compared as text, line by line, a role
 * or a name in square brackets before each.
 */
export function diffContents(before: PromptContent | undefined, after: PromptContent): ContentDiff {
  return {
    messages: diffLines(before === undefined ? [] : linesOf(before), linesOf(after)),
    members: diffMembers(before, after),
  };
}

function linesOf({ messages, partials = {} }: PromptContent): string[] {
  const texts = Object.entries(partials).sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    ...messages.flatMap(linesOfMessage),
    ...texts.flatMap(([name, text]) => [`[partial ${name}]`, ...text.split("\n")]),
  ];
}

function linesOfMessage(message: PromptMessage): string[] {
  if ("role" in message) return [`[${message.role}]`, ...message.content.split("\n")];
  return [`[${message.placeholder}${message.max === undefined ? "" : `, newest ${message.max}`}]`];
}

function diffMembers(before: PromptContent | undefined, after: PromptContent): ContentDiff["members"] {
  const { messages: _, partials: __, ...old } = before ?? { messages: [] };
  const { messages: ___, partials: ____, ...young } = after;
  const sides = [old, young] as { [member: string]: Json | undefined }[];
  const names = [...new Set(sides.flatMap((side) => Object.keys(side)))].sort();
  return names.flatMap((member) => {
    const [left, right] = sides.map((side) => side[member] ?? null);
    return sameJson(left, right) ? [] : [{ member, before: left ?? null, after: right ?? null }];
  });
}
