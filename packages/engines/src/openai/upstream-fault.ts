export type UpstreamFaultKind =
  | "host_not_allowed"
  | "too_many_calls"
  | "unreachable"
  | "redirected"
  | "first_byte_timeout"
  | "idle_timeout"
  | "total_timeout"
  | "answer_too_large"
  | "not_an_event_stream"
  | "not_json"
  | "not_a_completion"
  | "compressed"
  | "cut_off"
  | "broken_off"
  | "closed";

/** What our own side of a connection noticed: no answer of the provider, and so not one of its errors. */
export class UpstreamFault extends Error {
  override readonly name = "UpstreamFault";
  readonly kind: UpstreamFaultKind;

  constructor(kind: UpstreamFaultKind) {
    super(`upstream: ${kind}`);
    this.kind = kind;
  }
}
