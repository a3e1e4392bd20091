import {
  AppError,
  type ChatMessage,
  LIMITS,
  messageText,
  type PromptCheck,
  type PromptContent,
  type PromptProblem,
} from "@assay/core";
import { listPromptProblems, renderPrompt, usedVariables } from "@assay/evaluator";
import { findPromptVersionByContent, type TenantTx } from "@assay/store";
import type { Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import { pinContent } from "../registry/pin-content.ts";
import { resolveModel } from "../registry/resolve-model.ts";
import type { VerbInput } from "../verb.ts";
import { readDraftContent } from "./read-draft-content.ts";

type Input = VerbInput<"checkPrompt">;
type Rendering = Pick<PromptCheck, "rendered" | "renderingProblem" | "estimatedTokens">;

/** Between English, with four letters to a piece, and languages and markup with fewer. */
const BYTES_PER_TOKEN = 3.5;

/**
 * Everything that is wrong with a content that somebody is writing, and what it renders to. Nothing that the content
 * says is refused: each problem is an item with its place.
 * @throws AppError `not_found`, `scope_missing`
 */
export async function checkPrompt(context: Context, input: Input): Promise<PromptCheck> {
  const { problems, content, isWhole } = readDraftContent(input.content);
  const { ofNames, sameAs } = await context.tenant.read(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, input.prompt);
    if (content === undefined || !isWhole) return { ofNames: [], sameAs: null };
    return await pin(context, tx, { promptId, content });
  });
  if (content === undefined) return { problems: bounded(problems), variables: [], sameAs, ...NOT_RENDERED };
  return {
    problems: bounded([...problems, ...ofNames, ...listPromptProblems(content)]),
    variables: usedVariables(content),
    sameAs,
    ...render(content, input),
  };
}

const NOT_RENDERED: Rendering = { rendered: null, renderingProblem: null, estimatedTokens: null };

function bounded(problems: PromptProblem[]): PromptProblem[] {
  return problems.slice(0, LIMITS.promptProblemsMax);
}

async function pin(
  context: Context,
  tx: TenantTx,
  { promptId, content }: { promptId: string; content: PromptContent },
): Promise<{ ofNames: PromptProblem[]; sameAs: number | null }> {
  // One after the other, so that the problem names the part which is to blame.
  for (const [path, look] of [
    ["model", () => resolveModel(context.platform, tx, content.model)],
    ["adapter", () => pinContent(context.platform, tx, content)],
  ] as const) {
    const problem = await refusalOf(look);
    if (problem !== null) return { ofNames: [nameProblem(path, problem)], sameAs: null };
  }
  const { contentSha256 } = await pinContent(context.platform, tx, content);
  const same = await findPromptVersionByContent(tx, promptId, contentSha256);
  return { ofNames: [], sameAs: same?.version ?? null };
}

async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

function nameProblem(path: string, message: string): PromptProblem {
  return { severity: "error", kind: "other", path, message, line: null, column: null, name: null };
}

function render(content: PromptContent, { variables, messages }: Input): Rendering {
  try {
    const rendered = renderPrompt(content, { variables, messages });
    return { rendered, renderingProblem: null, estimatedTokens: estimateTokens(rendered) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const missing = error.details?.missing;
    const names = Array.isArray(missing) ? missing.map(String) : [];
    return { ...NOT_RENDERED, renderingProblem: { message: error.message, missing: names } };
  }
}

function estimateTokens(chat: readonly ChatMessage[]): number {
  const bytes = chat.reduce((sum, message) => sum + Buffer.byteLength(messageText(message)), 0);
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}
