import { canonicalJson, type Json } from "@assay/core";
import { isWebhookPath, parseJson, type WebhookCall } from "@assay/evaluator";
import { findConnectionBySlug } from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { Platform } from "../context.ts";

export type WebhookAnswer = { status: "answered"; value: Json } | { status: "failed"; reason: string };

/**
 * Asks a tenant's own scorer, at the address and with the secret of one of the tenant's connections. The same
 * question has the same idempotency key within a run. Whatever goes wrong is a reason, never a throw.
 */
export async function callWebhook(
  platform: Platform,
  asked: { tenantId: string; runId: string; signal: AbortSignal },
  { connection: slug, path, body }: WebhookCall,
): Promise<WebhookAnswer> {
  if (!isWebhookPath(path)) return failed(`the path ${path} is not one below the connection's address`);
  const tenant = platform.store.forTenant(asked.tenantId);
  const connection = await tenant.read((tx) => findConnectionBySlug(tx, slug));
  if (connection?.kind !== "webhook") return failed(`there is no connection "${slug}" of kind webhook`);
  const { id, baseUrl, sealedSecret } = connection;
  const url = `${baseUrl.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  if (!platform.isHostAllowed(url)) return failed("the operator does not allow its host");
  const secret =
    sealedSecret === null ? undefined : platform.secrets.open(sealedSecret, [asked.tenantId, id]);
  const idempotencyKey = contentHash({ runId: asked.runId, url, body });
  const text = canonicalJson(body);
  const answer = await platform.webhooks.send({
    url,
    secret,
    body: text,
    idempotencyKey,
    signal: asked.signal,
  });
  if (answer.status === "failed") return failed(`the web hook "${slug}" gave no answer: ${answer.reason}`);
  const parsed = parseJson(answer.text);
  return parsed.ok
    ? { status: "answered", value: parsed.value }
    : failed(`the web hook "${slug}" did not answer with JSON: ${parsed.message}`);
}

function failed(reason: string): WebhookAnswer {
  return { status: "failed", reason };
}
