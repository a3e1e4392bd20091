import { type Json, sameJson } from "./canonical-json.ts";
import type { PromptContent } from "./prompt.ts";

/** A part of two contents that differs; null where it is not there. */
export interface DifferingMember {
  member: string;
  before: Json;
  after: Json;
}

/** What differs between two contents beside their texts: model, adapter, sampling, schema, tools, format. */
export function differingMembers(
  before: Partial<PromptContent>,
  after: Partial<PromptContent>,
): DifferingMember[] {
  const sides = [before, after].map(({ messages, partials, ...rest }) => rest) as Members[];
  const names = [...new Set(sides.flatMap((side) => Object.keys(side)))].sort();
  return names.flatMap((member) => {
    const [left = null, right = null] = sides.map((side) => side[member]);
    return sameJson(left, right) ? [] : [{ member, before: left, after: right }];
  });
}

type Members = { [member: string]: Json | undefined };
