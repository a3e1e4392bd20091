import { canonicalJson, type Json } from "@assay/core";
import { isWebhookPath, parseJson, type WebhookCall } from "@assay/evaluator";
import { findConnectionBySlug } from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { Platform } from "../context.ts";
import type { PinnedAsked } from "./pinned-asked.ts";

export type WebhookAnswer = { status: "answered"; value: Json } | { status: "failed"; reason: string };

/**
 * Asks a tenant's own scorer, at the address and with the secret of one of the tenant's connections. The same
 * question has the same idempotency key within a run. What goes wrong on the way is a reason.
 * @throws AppError `conflict` when the connection leads elsewhere than when the run was taken up.
 */
export async function callWebhook(
  platform: Platform,
  run: { tenantId: string; runId: string; asked: PinnedAsked; signal: AbortSignal },
  { connection: slug, path, body }: WebhookCall,
): Promise<WebhookAnswer> {
  if (!isWebhookPath(path)) return failed(`the path ${path} is not one below the connection's address`);
  const tenant = platform.store.forTenant(run.tenantId);
  const connection = await tenant.read((tx) => findConnectionBySlug(tx, slug));
  if (connection?.kind !== "webhook") return failed(`there is no connection "${slug}" of kind webhook`);
  run.asked.requireSameConnection(slug, connection);
  const { id, baseUrl, sealedSecret } = connection;
  const url = `${baseUrl.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  if (!platform.isHostAllowed(url)) return failed("the operator does not allow its host");
  const secret = sealedSecret === null ? undefined : platform.secrets.open(sealedSecret, [run.tenantId, id]);
  const idempotencyKey = contentHash({ runId: run.runId, url, body });
  const text = canonicalJson(body);
  const answer = await platform.webhooks.send({
    url,
    secret,
    body: text,
    idempotencyKey,
    signal: run.signal,
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
