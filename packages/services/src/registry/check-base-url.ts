import { AppError } from "@assay/core";
import type { Platform } from "../context.ts";

/**
 * Refuses an address that a connection may not have: one that carries credentials or a query (it can be read back,
 * and a query would swallow the path that is appended), or whose host the operator has not allowed.
 * @throws AppError `invalid_input`, `host_not_allowed`
 */
export function checkBaseUrl(platform: Pick<Platform, "isHostAllowed">, baseUrl: string): void {
  const url = new URL(baseUrl);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    const message = "A base URL has no user, password, query or fragment; give the key as the secret.";
    throw new AppError("invalid_input", message, { param: "baseUrl" });
  }
  if (platform.isHostAllowed(baseUrl)) return;
  const message = `Connections to ${url.origin} are not allowed. The operator allows hosts with ASSAY_ALLOWED_HOSTS.`;
  throw new AppError("host_not_allowed", message, { host: url.host });
}
