import { type ContentDiff, contentLines, differingMembers, diffLines, type PromptContent } from "@assay/core";

/**
 * How one version's content differs from another's. Without `before` everything is new. Members that are equal are
 * left out; messages and partials are compared as text, line by line, a role
 * or a name in square brackets before each.
 */
export function diffContents(before: PromptContent | undefined, after: PromptContent): ContentDiff {
  const old = before ?? {};
  return {
    messages: diffLines(contentLines(old), contentLines(after)),
    members: differingMembers(old, after),
  };
}
