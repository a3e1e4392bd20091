import type { Case, Json } from "@assay/core";
import { LIMITS } from "@assay/core/plain";
import { splitTags } from "./case-cell.ts";

export const CASE_ROLES = ["user", "assistant", "system", "developer", "tool"] as const;

/** A value as text, and whether that text is JSON or stands for itself. */
export interface TextValue {
  text: string;
  isJson: boolean;
}

export interface MessageField {
  role: string;
  content: TextValue;
  /** What a message has beside role and content, such as tool calls: kept as it is. */
  rest: Record<string, unknown>;
}

export interface VariableField {
  name: string;
  value: TextValue;
}

/** A case as it stands in the form: all of it text that may be wrong for a while. */
export interface CaseForm {
  key: string;
  messages: MessageField[];
  variables: VariableField[];
  /** Undefined where nothing is expected. */
  expected: TextValue | undefined;
  tags: string;
  group: string;
}

/** Names of messages for people, by the field they belong to: `messages.0`, `variables.2`, `expected`. */
export type FormProblems = Record<string, string>;

export const EMPTY_FORM: CaseForm = {
  key: "",
  messages: [{ role: "user", content: { text: "", isJson: false }, rest: {} }],
  variables: [],
  expected: undefined,
  tags: "",
  group: "",
};

export function formOf(of: Case): CaseForm {
  return {
    key: of.key,
    messages: (of.messages ?? []).map(({ role, content, ...rest }) => ({
      role,
      content: textValueOf((content ?? "") as Json),
      rest,
    })),
    variables: Object.entries(of.variables ?? {}).map(([name, value]) => ({
      name,
      value: textValueOf(value),
    })),
    expected: of.expected === undefined ? undefined : textValueOf(of.expected),
    tags: of.tags.join(", "),
    group: of.group ?? "",
  };
}

function textValueOf(value: Json): TextValue {
  return typeof value === "string"
    ? { text: value, isJson: false }
    : { text: JSON.stringify(value, null, 2), isJson: true };
}

/** The case that a form stands for, or what is wrong with it. `takenKeys` are those that a new case may not have. */
export function caseOfForm(
  form: CaseForm,
  isTaken: (key: string) => boolean,
): { ok: true; case: Case } | { ok: false; problems: FormProblems } {
  const problems: FormProblems = {};
  const key = form.key.trim();
  if (key === "" || key.length > LIMITS.caseKeyLengthMax) problems.key = "keyNeeded";
  else if (isTaken(key)) problems.key = "keyTaken";
  const read: Case = { key, tags: splitTags(form.tags) };
  const messages = messagesOf(form, problems);
  if (messages.length > 0) read.messages = messages;
  const variables = variablesOf(form, problems);
  if (Object.keys(variables).length > 0) read.variables = variables;
  if (form.expected !== undefined) {
    const expected = readValue(form.expected);
    if (expected === undefined) problems.expected = "notJson";
    else read.expected = expected;
  }
  const group = form.group.trim();
  if (group !== "") read.group = group;
  checkRest(read, problems);
  return Object.keys(problems).length === 0 ? { ok: true, case: read } : { ok: false, problems };
}

function checkRest(read: Case, problems: FormProblems): void {
  if (
    read.tags.some((tag) => tag.length > LIMITS.caseTagLengthMax) ||
    read.tags.length > LIMITS.tagsPerCaseMax
  )
    problems.tags = "tagsTooMany";
  if ((read.group ?? "").length > LIMITS.caseGroupLengthMax) problems.group = "groupTooLong";
  const hasInput = read.messages !== undefined || read.variables !== undefined;
  if (!hasInput && Object.keys(problems).length === 0) problems.input = "inputNeeded";
}

function messagesOf(form: CaseForm, problems: FormProblems): NonNullable<Case["messages"]> {
  return form.messages.flatMap(({ role, content, rest }, index) => {
    if (content.text === "" && Object.keys(rest).length === 0) return [];
    const value = readValue(content);
    if (value === undefined) problems[`messages.${index}`] = "notJson";
    return [{ ...rest, role, content: value } as NonNullable<Case["messages"]>[number]];
  });
}

function variablesOf(form: CaseForm, problems: FormProblems): NonNullable<Case["variables"]> {
  const variables = new Map<string, Json>();
  form.variables.forEach(({ name, value }, index) => {
    if (name === "" && value.text === "") return;
    const read = readValue(value);
    if (name === "" || name === "__proto__") problems[`variables.${index}`] = "nameNeeded";
    else if (variables.has(name)) problems[`variables.${index}`] = "nameTwice";
    else if (read === undefined) problems[`variables.${index}`] = "notJson";
    else variables.set(name, read);
  });
  return Object.fromEntries(variables);
}

function readValue({ text, isJson }: TextValue): Json | undefined {
  if (!isJson) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
