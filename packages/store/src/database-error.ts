import { AppError } from "@assay/core";
import { DrizzleQueryError } from "./drizzle.ts";

/** The database cannot work at present: disk full, unreachable, locked by another process. Trying later may help. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
}

const UNAVAILABLE = [
  /^SQLITE_(FULL|BUSY|LOCKED|IOERR|CANTOPEN|NOMEM)/,
  // Postgres: connection lost, resources used up, shutting down.
  /^(08|53|57P)/,
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH)$/,
];
const MET_ANOTHER_WRITE = /^(40001|40P01)$/;
/** Raised by the triggers behind the gate. Postgres has a code for it; SQLite only the start of the message. */
const GUARD_CODE = "AY002";
const GUARD_PREFIX = "guard: ";

/** The driver's own error. The wrapper around it repeats the statement's parameters, which hold tenants' text. */
function withoutWrapper(error: unknown): unknown {
  return error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error;
}

function codeOf(error: unknown): string | undefined {
  const { code } = (withoutWrapper(error) ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  const code = codeOf(error);
  return code === "23505" || code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY";
}

export function isForeignKeyViolation(error: unknown): boolean {
  const code = codeOf(error);
  return code === "23503" || code === "SQLITE_CONSTRAINT_FOREIGNKEY";
}

function isGuardViolation(error: unknown): boolean {
  const code = codeOf(error);
  if (code === GUARD_CODE) return true;
  const { message } = withoutWrapper(error) as { message?: unknown };
  return code === "SQLITE_CONSTRAINT_TRIGGER" && String(message).startsWith(GUARD_PREFIX);
}

/** What leaves the store: refusals and bugs as they are, the driver's errors without statement and parameters. */
export function toStoreError(error: unknown): unknown {
  const cause = withoutWrapper(error);
  const code = codeOf(cause);
  if (cause instanceof AppError || code === undefined) return cause;
  if (isGuardViolation(cause)) {
    const message = (cause as Error).message.replace(GUARD_PREFIX, "");
    return new AppError("conflict", `The database refused this: ${message}.`);
  }
  if (MET_ANOTHER_WRITE.test(code)) {
    return new AppError("conflict", "This met another write at the same moment; try again.");
  }
  if (UNAVAILABLE.some((pattern) => pattern.test(code))) {
    return new StoreUnavailableError(`The database cannot be used at present (${code}).`, { cause });
  }
  return cause;
}
