/** A fault of ours as the log may keep it. */
export interface BugDescription {
  name: string;
  message: string;
  stack: string;
}

/**
 * What broke and where, without the data it broke on. A failed query's message holds the statement's parameters, which
 * are tenants' content; only the database's own code for it is kept.
 */
export function describeBug(error: unknown): BugDescription {
  if (!(error instanceof Error)) return { name: "thrown value", message: typeof error, stack: "" };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return { name: error.name, message: safeMessage(error), stack: frames.join("\n") };
}

function safeMessage(error: Error): string {
  const isQuery = error.message.startsWith("Failed query") || "query" in error;
  const code = codeOf(error) ?? codeOf(error.cause);
  if (isQuery || code?.startsWith("SQLITE_") || /^[0-9A-Z]{5}$/.test(code ?? ""))
    return `the database refused a statement: ${code}`;
  return error.message;
}

function codeOf(value: unknown): string | undefined {
  const code = (value as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
