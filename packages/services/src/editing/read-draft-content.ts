import { PromptContent, type PromptProblem } from "@assay/core";

interface DraftContent {
  problems: PromptProblem[];
  /** What can be checked of it; undefined where not even its messages can be read. */
  content: PromptContent | undefined;
  /** Could it be a version, as far as its shape goes? */
  isWhole: boolean;
}

/** Reads a content that may not be finished: where a part does not fit, the texts can still be looked at. */
export function readDraftContent(value: unknown): DraftContent {
  const parsed = PromptContent.safeParse(value);
  if (parsed.success) return { problems: [], content: parsed.data, isWhole: true };
  const problems = parsed.error.issues.map(({ path, message }): PromptProblem => {
    const place = placeOf(path);
    return { severity: "error", kind: "other", path: place, message, line: null, column: null, name: null };
  });
  return { problems, content: textsOf(value), isWhole: false };
}

/** `messages[0].content`, as templates are named. */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, part) => {
    if (typeof part === "number") return `${place}[${part}]`;
    return place === "" ? String(part) : `${place}.${String(part)}`;
  }, "");
}

function textsOf(value: unknown): PromptContent | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { messages, partials, variables } = value as Record<string, unknown>;
  const texts = { messages, partials, variables, model: "unnamed" };
  const parsed = PromptContent.safeParse(texts);
  return parsed.success ? parsed.data : undefined;
}
