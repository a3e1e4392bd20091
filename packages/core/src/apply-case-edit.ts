import type { Case } from "./dataset.ts";
import type { CaseEdit } from "./dataset-change.ts";

/** A case after an edit, whose members are not checked: they may be too many, or too few. */
export function applyCaseEdit(before: Case, edit: CaseEdit): Case {
  const { clear = [], addTags = [], removeTags = [], tags = before.tags, ...members } = edit;
  const kept = tags.filter((tag) => !removeTags.includes(tag));
  const after: Case = { ...before, tags: [...kept, ...addTags.filter((tag) => !kept.includes(tag))] };
  for (const member of clear) delete after[member];
  return Object.assign(after, withoutUndefined(members));
}

function withoutUndefined(members: Partial<Case>): Partial<Case> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
