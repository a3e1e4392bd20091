import {
  AppError,
  type EngineFailure,
  ERROR_CATALOGUE,
  type ErrorCode,
  type OpenAiError,
  type Problem,
} from "@assay/core";
import { StoreUnavailableError } from "@assay/store";

/** A full disk or a lost database rarely mends itself within a moment. */
const STORE_RETRY_MS = 5_000;

/** What any thrown value comes to, as far as a caller may know. */
export interface ErrorAnswer {
  status: number;
  headers: Record<string, string>;
  body: Problem | OpenAiError;
}

/** The engine's recorded failures as refusals of the data plane. */
const FAILURE_CODES = {
  queue_full: "queue_full",
  context_length_exceeded: "context_length_exceeded",
  unsupported_parameter: "unsupported_parameter",
  invalid_request: "invalid_input",
  schema_violated: "upstream_error",
  refused_by_provider: "upstream_error",
  rate_limited: "rate_limit_exceeded",
  unauthorized: "connection_unusable",
  unavailable: "engine_unavailable",
  timeout: "engine_timeout",
  crashed: "engine_unavailable",
  cancelled: "client_closed_request",
  upstream_error: "upstream_error",
} as const satisfies Record<EngineFailure["code"], ErrorCode>;

const TITLES: Partial<Record<number, string>> = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Payload too large",
  422: "Unprocessable content",
  429: "Too many requests",
  500: "Internal error",
  502: "Bad gateway",
  503: "Service unavailable",
  504: "Gateway timeout",
};

export function failureError(failure: EngineFailure): AppError {
  const { message, retryAfterMs } = failure;
  return new AppError(
    FAILURE_CODES[failure.code],
    message,
    retryAfterMs === undefined ? undefined : { retryAfterMs },
  );
}

/** A refusal says its code; anything else is a bug of ours and says nothing but its request id. */
export function errorAnswer(error: unknown, plane: "control" | "data", requestId: string): ErrorAnswer {
  const refusal = refusalOf(error);
  const status = refusal?.status ?? ERROR_CATALOGUE.internal;
  return {
    status,
    headers: errorHeaders(refusal, status),
    body: plane === "data" ? openAiError(refusal, requestId) : problem(refusal, status, requestId),
  };
}

function refusalOf(error: unknown): AppError | undefined {
  if (error instanceof StoreUnavailableError) {
    return new AppError(
      "store_unavailable",
      "The store cannot take this now, and nothing was changed. Try again.",
      {
        retryAfterMs: STORE_RETRY_MS,
      },
    );
  }
  return error instanceof AppError ? error : undefined;
}

function errorHeaders(refusal: AppError | undefined, status: number): Record<string, string> {
  const headers: Record<string, string> = {};
  if (status === 401) headers["www-authenticate"] = "Bearer";
  const retryAfterMs = refusal?.details?.retryAfterMs;
  if (typeof retryAfterMs === "number")
    headers["retry-after"] = String(Math.max(1, Math.ceil(retryAfterMs / 1000)));
  return headers;
}

function problem(refusal: AppError | undefined, status: number, requestId: string): Problem {
  return {
    type: "about:blank",
    title: TITLES[status] ?? "Error",
    status,
    code: refusal?.code ?? "internal",
    ...(refusal && { detail: refusal.message }),
    ...(refusal?.details && { details: refusal.details }),
    requestId,
  };
}

/** OpenAI's error types by status, as its SDKs tell them apart. */
function openAiType(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

function openAiError(refusal: AppError | undefined, requestId: string): OpenAiError {
  if (refusal === undefined) {
    return {
      error: {
        message: `Internal error. Request id: ${requestId}`,
        type: "server_error",
        param: null,
        code: "internal",
      },
    };
  }
  const param = refusal.details?.param;
  return {
    error: {
      message: refusal.message,
      type: openAiType(refusal.status),
      param: typeof param === "string" ? param : null,
      code: refusal.code,
    },
  };
}
