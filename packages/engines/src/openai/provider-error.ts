/** A header's value by its name in lower case; undici gives a list for one that came several times. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** An error that the provider itself answered with: by its status, or as an event after the status was 200. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly status: number | undefined;
  readonly headers: AnswerHeaders;
  /** Whatever the provider put under `error`. */
  readonly given: unknown;

  /** @param answer.body the answer's parsed JSON; undefined where it is none. */
  constructor(answer: { status: number | undefined; headers: AnswerHeaders; body: unknown }) {
    super("the provider answered with an error");
    this.status = answer.status;
    this.headers = answer.headers;
    this.given = isRecord(answer.body) ? answer.body.error : undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The first value of a header; empty where there is none. */
export function headerOf(headers: AnswerHeaders, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
}
