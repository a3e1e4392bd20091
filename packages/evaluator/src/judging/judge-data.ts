import type { Case, Json } from "@assay/core";

/** What could end a delimiter, open a tag or a chat template's marker, or be taken for a new line. */
const ESCAPED = /[<>\u007f-\u009f\u2028\u2029\ufeff]/g;

/**
 * A value as data for a judge's prompt: JSON on one line in which no `<`, `>` or line break stands as itself. Whatever
 * the candidate or the case says, it stays one JSON value between the delimiters of the prompt.
 */
export function judgeData(value: Json): string {
  return JSON.stringify(value).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What the model was asked, as a judge sees it: the case's variables and messages, without the variables in `leaveOut`. */
export function caseInput({ variables, messages }: Case, leaveOut: readonly string[] = []): Json {
  const shown = Object.entries(variables ?? {}).filter(([name]) => !leaveOut.includes(name));
  return {
    ...(shown.length > 0 && { variables: Object.fromEntries(shown) }),
    ...(messages !== undefined && { messages: messages as Json }),
  };
}

/** The texts of a variable: itself, or each member of its list, anything that is no text as its JSON. */
export function textsOf({ variables }: Case, name: string): string[] | undefined {
  const value = variables?.[name];
  if (value === undefined || value === null || value === "") return undefined;
  const texts = (Array.isArray(value) ? value : [value]).map((one) =>
    typeof one === "string" ? one : JSON.stringify(one),
  );
  return texts.length === 0 ? undefined : texts;
}
