import type { ErrorCode } from "@assay/core";
import { ClientError } from "./client-error.ts";
import type { NamedRoute } from "./route-entry.ts";

const EXCERPT_LENGTH_MAX = 200;

/**
 * The value an answer carries. The server has parsed it by the contract already; here it is made sure that it is such
 * an answer at all: JSON with the members that this route's answers always have.
 *
 * @throws ClientError with the server's code for a refusal, `unexpected_answer` for anything outside the contract.
 */
export async function readAnswer(route: NamedRoute, response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw refusalOf(response, text);
  if (route.answer === "empty") return undefined;
  if (route.answer === "raw") return text;
  const value = parseJson(text);
  const missing = missingOf(route.answer, value);
  if (missing === undefined) return value;
  throw new ClientError({
    code: "unexpected_answer",
    status: response.status,
    message: `The answer to ${route.name} is not what this client understands (${missing}). Is the server another version, or the URL another service?`,
  });
}

function missingOf(members: readonly string[], value: unknown): string | undefined {
  if (!isObject(value)) return "the answer: no JSON object";
  for (const member of members) {
    const name = member.replace("[]", "");
    if (value[name] === undefined) return `${name}: is missing`;
    if (name !== member && !Array.isArray(value[name])) return `${name}: is no list`;
  }
  return undefined;
}

/**
 * What a refusal of the control plane says: a problem document, and nothing else. OpenAI's shape, which any provider
 * and any gateway before one answers with, says there that the URL leads to another service. Its code is the server's
 * word, also where the server knows more codes than we.
 */
export function refusalOf(response: RefusedAnswer, text: string): ClientError {
  const said = parseJson(text);
  if (isObject(said) && isProblem(said)) return problemOf(said);
  return new ClientError({
    code: "unexpected_answer",
    status: response.status,
    message: `Something answered ${response.status} that is not an Assay server: ${excerpt(text)}`,
  });
}

/** The same of the data plane, which answers with errors of OpenAI's shape. */
export function dataPlaneRefusalOf(response: RefusedAnswer, text: string): ClientError {
  const said = parseJson(text);
  if (!isObject(said) || !isObject(said.error) || !isOpenAiError(said.error))
    return refusalOf(response, text);
  const { code, message } = said.error;
  const requestId = response.headers?.get("x-request-id") ?? undefined;
  return new ClientError({ code, message, status: response.status, requestId });
}

/** As `fetch` has it, or whatever else brought it. */
interface RefusedAnswer {
  status: number;
  headers?: Headers;
}

function problemOf(problem: Members & Problem): ClientError {
  const { code, status, title, requestId } = problem;
  const detail = typeof problem.detail === "string" ? problem.detail : undefined;
  const details = isObject(problem.details) ? problem.details : undefined;
  const message = detail ?? `${title} (request ${requestId})`;
  return new ClientError({ code, status, message, details, requestId });
}

type Members = Record<string, unknown>;

interface Problem {
  code: ErrorCode;
  status: number;
  title: string;
  requestId: string;
}

function isProblem(value: Members): value is Members & Problem {
  const { type, code, status, title, requestId } = value;
  const texts = [code, title, requestId];
  return (
    type === "about:blank" && Number.isInteger(status) && texts.every((text) => typeof text === "string")
  );
}

function isOpenAiError(value: Members): value is Members & { code: ErrorCode; message: string } {
  return typeof value.code === "string" && typeof value.message === "string";
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line === "") return "an empty body";
  return line.length > EXCERPT_LENGTH_MAX ? `${line.slice(0, EXCERPT_LENGTH_MAX)}…` : line;
}
