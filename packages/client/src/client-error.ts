import type { ErrorCode, ErrorDetails } from "@assay/core";

/**
 * The server's own code, or what kept its answer away: `unreachable` (no connection), `timeout`, or
 * `unexpected_answer` (something answered, but not in the words of this contract).
 */
export type ClientErrorCode = ErrorCode | "unreachable" | "timeout" | "unexpected_answer";

export interface ClientErrorFacts {
  code: ClientErrorCode;
  message: string;
  /** HTTP status; absent when there was no answer. */
  status?: number | undefined;
  details?: ErrorDetails | undefined;
  /** Names the request in the server's log. */
  requestId?: string | undefined;
  cause?: unknown;
}

/** Every way in which a call to the server can fail, save the caller's own abort. */
export class ClientError extends Error {
  readonly code: ClientErrorCode;
  readonly status: number | undefined;
  readonly details: ErrorDetails | undefined;
  readonly requestId: string | undefined;

  constructor(facts: ClientErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "ClientError";
    this.code = facts.code;
    this.status = facts.status;
    this.details = facts.details;
    this.requestId = facts.requestId;
  }
}
