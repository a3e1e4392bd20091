import { readFileSync } from "node:fs";

/** Tag of the cases whose phrasing was held out of training. */
export const HELD_OUT_PHRASING = "held-out-phrasing";

/** What a message means: the answer that is wanted. */
export interface Triage {
  readonly intent: string;
  readonly urgency: string;
}

/** One line of a dataset file. */
export interface StarterCase {
  readonly key: string;
  readonly messages: readonly { readonly role: "user"; readonly content: string }[];
  readonly expected: Triage;
  readonly tags: readonly string[];
  /** Template that it was drawn from; cases of one group are not independent. */
  readonly group: string;
}

/** All cases of a dataset file of this package. */
export function readCases(path: string): StarterCase[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as StarterCase);
}

/** The customer's words. */
export function caseText(each: StarterCase): string {
  return each.messages.map((message) => message.content).join("\n");
}

/** The form in which texts are compared for duplicates: lower case words and digits only. */
export function normalisedText(each: StarterCase): string {
  return (
    caseText(each)
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  ).join(" ");
}
