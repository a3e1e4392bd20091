import { AppError, LIMITS } from "@assay/core";

function tooLarge(bytesMax: number): AppError {
  return new AppError("payload_too_large", `The body is larger than ${bytesMax} bytes.`, { bytesMax });
}

/** The body in chunks, never more than `bytesMax` of it. */
export async function* boundedBody(request: Request, bytesMax: number): AsyncGenerator<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > bytesMax) throw tooLarge(bytesMax);
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw tooLarge(bytesMax);
    yield chunk;
  }
}

/** The body as text in chunks; bytes that are not UTF-8 are refused, not replaced. */
export async function* boundedText(request: Request, bytesMax: number): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of boundedBody(request, bytesMax)) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new AppError("malformed_request", "The body is not valid UTF-8.");
    throw error;
  }
}

/** Reads a JSON body. Depth is checked on the text, before anything recursive sees the value. */
export async function readJson(
  request: Request,
  bytesMax: number,
): Promise<{ text: string; value: unknown }> {
  let text = "";
  for await (const part of boundedText(request, bytesMax)) text += part;
  if (depthOf(text) > LIMITS.jsonDepthMax) {
    throw new AppError("malformed_request", `The JSON is nested deeper than ${LIMITS.jsonDepthMax} levels.`);
  }
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    throw new AppError("malformed_request", "The body is not valid JSON.");
  }
}

/** Greatest nesting of brackets outside strings, in one pass and without recursion. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '"') i = endOfString(text, i);
    else if (char === "{" || char === "[") deepest = Math.max(deepest, ++depth);
    else if (char === "}" || char === "]") depth -= 1;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i;
}
