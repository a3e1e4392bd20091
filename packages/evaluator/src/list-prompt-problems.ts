import { AppError, type JsonSchema, type PromptContent, type PromptProblem } from "@assay/core";
import { checkPartials } from "./check-partials.ts";
import { declaredNames } from "./check-prompt-content.ts";
import { compileVariablesSchema } from "./check-variables.ts";
import { compileJsonSchema } from "./json-schema.ts";
import { templateName } from "./render-prompt.ts";
import { type ParsedTemplate, parseTemplate } from "./template.ts";
import { type UnmatchedMark, unmatchedMarks } from "./unmatched-marks.ts";

type Content = Pick<PromptContent, "messages" | "partials" | "variables" | "responseFormat">;
/** A template that parsed, with the name that problems give it. */
type Named = readonly [name: string, template: ParsedTemplate];

/**
 * What `checkPromptContent` would refuse, all of it and each at its place, for somebody who is still writing; and,
 * as warnings, variables that are declared and that nothing uses.
 */
export function listPromptProblems(content: Content): PromptProblem[] {
  const problems: PromptProblem[] = [];
  const noting = <T>(path: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      problems.push(problemOf(error, path));
      return undefined;
    }
  };
  const { variables: schema = {}, responseFormat, partials = {} } = content;
  noting("variables", () => compileVariablesSchema(schema));
  if (responseFormat?.type === "json_schema") {
    noting("responseFormat", () => compileJsonSchema(responseFormat.json_schema.schema));
  }
  const parse = ([name, text]: readonly [string, string]): Named[] => {
    const before = problems.length;
    const template = noting(name, () => parseTemplate(text, name));
    noteMarks(problems, { path: name, text, before });
    return template === undefined ? [] : [[name, template]];
  };
  const written = messageTexts(content);
  const messages = written.flatMap(parse);
  const texts = Object.entries(partials).map(([name, text]) => [`partials.${name}`, text] as const);
  const parsed = texts.flatMap(parse);
  // What uses a partial can be told only where all of them can be read.
  if (parsed.length === texts.length) noting("partials", () => checkPartials(partials, messages));
  const isWhole = messages.length === written.length;
  return [
    ...problems,
    ...variableProblems(schema, messages).filter(({ kind }) => isWhole || kind !== "unused"),
  ];
}

/**
 * Adds the marks of a text that stand alone. One that does not close is what kept the text from being read: it is told
 * in place of the parser's words, which speak of where the parser gave up.
 */
function noteMarks(
  problems: PromptProblem[],
  { path, text, before }: { path: string; text: string; before: number },
): void {
  const marks = unmatchedMarks(text);
  const isBroken = problems.length > before;
  const unclosed = marks.filter(({ kind }) => kind === "unclosed").slice(0, 1);
  if (isBroken && unclosed.length > 0) problems.length = before;
  const told = [...(isBroken ? unclosed : []), ...marks.filter(({ kind }) => kind === "unopened")];
  problems.push(...told.map((mark) => markProblem(mark, path)));
}

function markProblem({ kind, mark, line, column }: UnmatchedMark, path: string): PromptProblem {
  const isOpen = kind === "unclosed";
  const other = { "{{": "}}", "{%": "%}", "}}": "{{", "%}": "{%" }[mark] ?? "";
  const message = isOpen
    ? `"${mark}" is not closed by "${other}".`
    : `"${mark}" closes nothing and is sent as it stands: a "${other}" is missing before it.`;
  return { severity: isOpen ? "error" : "warning", kind, path, message, line, column, name: mark };
}

/** Names that the messages take from outside, as far as they can be read. */
export function usedVariables(content: Pick<PromptContent, "messages">): string[] {
  const names = messageTexts(content).flatMap(([name, text]) => {
    try {
      return parseTemplate(text, name).variables;
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  });
  return [...new Set(names)].sort();
}

function messageTexts({ messages }: Pick<PromptContent, "messages">): (readonly [string, string])[] {
  return messages.flatMap((message, index) =>
    "placeholder" in message ? [] : [[templateName(index), message.content] as const],
  );
}

function variableProblems(schema: JsonSchema, messages: readonly Named[]): PromptProblem[] {
  const declared = declaredNames(schema);
  if (declared === "any") return [];
  const used = new Set(messages.flatMap(([, { variables }]) => variables));
  const undeclared = messages.flatMap(([path, { places }]) =>
    [...places]
      .filter(([name]) => !declared.has(name))
      .map(([name, [line, column]]): PromptProblem => {
        const message = `The schema does not declare the variable "${name}".`;
        return { severity: "error", kind: "undeclared", path, message, line, column, name };
      }),
  );
  const unused = [...declared]
    .filter((name) => !used.has(name))
    .map((name): PromptProblem => {
      const message = `No message uses the variable "${name}".`;
      return {
        severity: "warning",
        kind: "unused",
        path: "variables",
        message,
        line: null,
        column: null,
        name,
      };
    });
  return [...undeclared, ...unused];
}

/** Throws what is no refusal. */
function problemOf(error: unknown, path: string): PromptProblem {
  if (!(error instanceof AppError)) throw error;
  const { template, line, column } = error.details ?? {};
  const place = typeof template === "string" ? template : path;
  return {
    severity: "error",
    kind: "other",
    path: place,
    message: withoutPlace(error.message, place),
    line: typeof line === "number" ? line : null,
    column: typeof column === "number" ? column : null,
    name: null,
  };
}

/** The place is told beside the sentence, which the library and `templateRefusal` put into it. */
function withoutPlace(message: string, place: string): string {
  const told = message.startsWith(`${place}: `) ? message.slice(place.length + 2) : message;
  const at = told.lastIndexOf(`, file:${place}`);
  return at === -1 ? told : told.slice(0, at);
}
