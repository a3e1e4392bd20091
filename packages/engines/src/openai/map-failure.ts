import type { EngineFailure, EngineFailureCode } from "@assay/core";
import { type AnswerHeaders, headerOf, isRecord, ProviderError } from "./provider-error.ts";
import { scrubbedMessage } from "./scrubbed-message.ts";
import type { UpstreamFaultKind } from "./upstream-fault.ts";
import { UpstreamFault } from "./upstream-fault.ts";

export interface FailureContext {
  /** Removed from every message, should a provider repeat it. */
  secret: string | undefined;
  providerModel: string;
}

/** Anything the transport can throw, as the one failure this system records. Never throws. */
export function mapFailure(error: unknown, context: FailureContext): EngineFailure {
  if (error instanceof UpstreamFault) return FAULTS[error.kind];
  if (nameOf(error) === "AbortError") return CANCELLED;
  if (error instanceof ProviderError) return answerFailure(error, context);
  if (error instanceof SyntaxError) {
    return failure("upstream_error", "The provider sent an event that is not JSON.", true);
  }
  return FAULTS.broken_off;
}

const CANCELLED = failure("cancelled", "The request was cancelled.", false);

const FAULTS: Record<UpstreamFaultKind, EngineFailure> = {
  host_not_allowed: failure(
    "invalid_request",
    "The connection's host is not on the operator's list of allowed hosts.",
    false,
  ),
  too_many_calls: {
    ...failure("queue_full", "This tenant has as many calls to providers under way as it may.", true),
    isOfTenantAlone: true,
  },
  unreachable: failure("unavailable", "The provider could not be reached.", true),
  redirected: failure(
    "upstream_error",
    "The provider answered with a redirect, which is not followed.",
    false,
  ),
  first_byte_timeout: failure("timeout", "The provider did not begin to answer in time.", true),
  idle_timeout: failure("timeout", "The provider stopped in the middle of its answer.", true),
  total_timeout: failure("timeout", "The provider did not finish its answer in time.", true),
  answer_too_large: failure("upstream_error", "The provider's answer is larger than is accepted.", false),
  not_an_event_stream: failure("upstream_error", "The provider did not answer with an event stream.", false),
  not_json: failure("upstream_error", "The provider did not answer with JSON.", false),
  not_a_completion: failure("upstream_error", "The provider's answer is not a completion.", false),
  compressed: failure("upstream_error", "The provider compressed its answer, unasked.", false),
  cut_off: failure("upstream_error", "The provider's answer ended before it was complete.", true),
  broken_off: failure("upstream_error", "The connection to the provider broke while it answered.", true),
  closed: failure("unavailable", "The engine is closed.", true),
};

function answerFailure(error: ProviderError, context: FailureContext): EngineFailure {
  const facts = readAnswer(error, context);
  if (facts.status === undefined) return eventFailure(facts);
  if (facts.status === 401 || facts.status === 403) {
    // The provider's own words repeat part of the key.
    return failure("unauthorized", "The provider refused the connection's credential.", false);
  }
  if (facts.status === 404) {
    const message = `The provider knows no model ${JSON.stringify(context.providerModel)} at this address.`;
    return failure("invalid_request", message, false);
  }
  if (facts.status === 408) return failure("timeout", "The provider gave up waiting.", true);
  if (facts.status === 409) return failure("unavailable", "The provider reported a conflict.", true);
  if (facts.status === 429) return rateFailure(facts, error.headers);
  if (facts.status >= 500) return serverFailure(facts, error.headers);
  return requestFailure(facts);
}

interface AnswerFacts {
  status: number | undefined;
  /** `code` and `type` of the provider's error, in lower case. */
  words: readonly string[];
  /** The provider's message, bounded and scrubbed; empty where there is none. */
  message: string;
}

function readAnswer(error: ProviderError, context: FailureContext): AnswerFacts {
  const given = isRecord(error.given) ? error.given : {};
  const words = [given.code, given.type].filter((word) => typeof word === "string");
  return {
    status: error.status,
    words: words.map((word) => word.toLowerCase()),
    message: scrubbedMessage(typeof given.message === "string" ? given.message : "", context.secret),
  };
}

/** An error sent as an event, after the answer's status was already 200. */
function eventFailure(facts: AnswerFacts): EngineFailure {
  if (isQuota(facts) || facts.words.some((word) => word.startsWith("rate_limit"))) {
    return rateFailure(facts, {});
  }
  if (facts.words.some((word) => CONTEXT_WORDS.has(word) || FILTER_WORDS.has(word)))
    return requestFailure(facts);
  return failure(
    "upstream_error",
    withDetail("The provider reported an error while it answered", facts),
    true,
  );
}

function rateFailure(facts: AnswerFacts, headers: AnswerHeaders): EngineFailure {
  if (isQuota(facts))
    return failure("rate_limited", "The connection's quota at the provider is used up.", false);
  return {
    ...failure("rate_limited", "The provider's rate limit was reached.", true),
    ...retryAfter(headers),
  };
}

function serverFailure(facts: AnswerFacts, headers: AnswerHeaders): EngineFailure {
  const isAway = facts.status === 502 || facts.status === 503 || facts.status === 504 || facts.status === 529;
  const code = isAway ? "unavailable" : "upstream_error";
  const text = isAway ? "The provider is unavailable" : "The provider failed";
  return { ...failure(code, withDetail(`${text} (${facts.status})`, facts), true), ...retryAfter(headers) };
}

const CONTEXT_WORDS = new Set(["context_length_exceeded", "exceed_context_size_error"]);
const FILTER_WORDS = new Set(["content_filter", "content_policy_violation", "responsibleaipolicyviolation"]);
const UNSUPPORTED_WORDS = new Set(["unsupported_parameter", "unsupported_value"]);

function requestFailure(facts: AnswerFacts): EngineFailure {
  const has = (words: ReadonlySet<string>) => facts.words.some((word) => words.has(word));
  // Compatible servers say it in prose alone.
  if (
    has(CONTEXT_WORDS) ||
    /maximum context length|exceeds? the (?:available )?context/i.test(facts.message)
  ) {
    return failure("context_length_exceeded", "The request is longer than the model's context.", false);
  }
  if (has(FILTER_WORDS)) {
    return failure("refused_by_provider", withDetail("The provider's content filter refused", facts), false);
  }
  if (has(UNSUPPORTED_WORDS)) {
    return failure(
      "unsupported_parameter",
      withDetail("The model does not support a parameter", facts),
      false,
    );
  }
  if (isQuota(facts)) return rateFailure(facts, {});
  return failure("invalid_request", withDetail("The provider refused the request", facts), false);
}

function isQuota(facts: AnswerFacts): boolean {
  return facts.words.some((word) => word === "insufficient_quota" || word === "billing_hard_limit_reached");
}

/** `retry-after-ms` (Azure), else `retry-after` in seconds or as a date. Nothing where it cannot be read. */
function retryAfter(headers: AnswerHeaders): Pick<EngineFailure, "retryAfterMs"> {
  const inMs = Number.parseFloat(headerOf(headers, "retry-after-ms"));
  if (Number.isFinite(inMs) && inMs >= 0) return { retryAfterMs: Math.ceil(inMs) };
  const given = headerOf(headers, "retry-after");
  const inSeconds = Number(given);
  if (given !== "" && Number.isFinite(inSeconds) && inSeconds >= 0) {
    return { retryAfterMs: Math.ceil(inSeconds * 1000) };
  }
  const answeredAt = Date.parse(headerOf(headers, "date"));
  const at = Date.parse(given);
  // The provider's own clock is the one its date is meant by.
  return Number.isNaN(at) || Number.isNaN(answeredAt) ? {} : { retryAfterMs: Math.max(0, at - answeredAt) };
}

function withDetail(text: string, facts: AnswerFacts): string {
  return facts.message === "" ? `${text}.` : `${text}: ${facts.message}`;
}

function failure(code: EngineFailureCode, message: string, retryable: boolean): EngineFailure {
  return { code, message, retryable };
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
