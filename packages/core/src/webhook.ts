/** One call of a tenant's own scorer. `body` is JSON text, sent and signed as it is. */
export interface WebhookRequest {
  url: string;
  /** Signs the call; in the clear here and nowhere else. */
  secret: string | undefined;
  body: string;
  /** The same for a call that is repeated. */
  idempotencyKey: string;
  signal: AbortSignal;
}

/** What came back, as text of at most `LIMITS.webhookAnswerBytesMax`, or why nothing usable did. */
export type WebhookOutcome = { status: "answered"; text: string } | { status: "failed"; reason: string };

/** The port for web hooks: bounded in time and size, to allowed hosts only, following no redirect; never throws. */
export interface WebhookSender {
  send(request: WebhookRequest): Promise<WebhookOutcome>;
}
