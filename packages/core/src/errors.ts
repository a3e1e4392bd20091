/** Every code a refusal can carry, and the HTTP status it answers with. A status is written nowhere else. */
export const ERROR_CATALOGUE = {
  malformed_request: 400,
  context_length_exceeded: 400,
  parameter_pinned: 400,
  unsupported_parameter: 400,
  unauthenticated: 401,
  sso_failed: 401,
  scope_missing: 403,
  origin_not_allowed: 403,
  sso_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  version_conflict: 409,
  gate_refused: 409,
  payload_too_large: 413,
  invalid_input: 422,
  variables_invalid: 422,
  template_invalid: 422,
  dataset_invalid: 422,
  model_file_invalid: 422,
  host_not_allowed: 422,
  connection_unusable: 422,
  idempotency_key_reused: 422,
  rate_limit_exceeded: 429,
  concurrency_limit_exceeded: 429,
  queue_full: 429,
  client_closed_request: 499,
  internal: 500,
  upstream_error: 502,
  engine_unavailable: 503,
  store_unavailable: 503,
  engine_timeout: 504,
} as const;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** JSON-safe facts about a refusal that a caller can act on. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** A refusal: the request was understood and will not be carried out, for a reason the caller may know. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, message: string, details?: ErrorDetails) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_CATALOGUE[this.code];
  }
}

/** A broken assumption of ours. Never shown to a caller: it answers 500 with a request id alone. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** The one wording for "no such thing": a foreign object must answer exactly like an unknown one. */
export function notFound(kind: string): AppError {
  return new AppError("not_found", `There is no such ${kind}.`);
}
