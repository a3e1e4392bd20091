import { Problem, type Route } from "@assay/core";
import { ClientError } from "./client-error.ts";

const EXCERPT_LENGTH_MAX = 200;

/**
 * The value an answer carries, checked by the contract so that its type is true.
 *
 * @throws ClientError with the server's code for a refusal, `unexpected_answer` for anything outside the contract.
 */
export async function readAnswer(route: Route, response: Response): Promise<unknown> {
  const text = await response.text();
  if (!response.ok) throw refusalOf(response, text);
  if (route.output.kind === "empty") return undefined;
  if (route.output.kind === "raw") return text;
  const parsed = route.output.schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined ? "" : ` (${issue.path.join(".") || "the answer"}: ${issue.message})`;
  throw new ClientError({
    code: "unexpected_answer",
    status: response.status,
    message: `The answer to ${route.name} is not what this client understands${where}. Is the server another version, or the URL another service?`,
  });
}

function refusalOf(response: Response, text: string): ClientError {
  const parsed = Problem.safeParse(parseJson(text));
  if (!parsed.success) {
    return new ClientError({
      code: "unexpected_answer",
      status: response.status,
      message: `Something answered ${response.status} that is not an Assay server: ${excerpt(text)}`,
    });
  }
  const { code, status, detail, title, details, requestId } = parsed.data;
  const message = detail ?? `${title} (request ${requestId})`;
  return new ClientError({ code, status, message, details, requestId });
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
