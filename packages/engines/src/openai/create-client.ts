import type { HostedTarget } from "@assay/core";
import { AzureOpenAI, OpenAI } from "openai";

/** Stands where the SDK insists on a key; the guarded fetch sends no authorization without a secret. */
const NO_SECRET = "none";

/**
 * A client for one generation: a secret lives no longer than the request that needs it. Everything the SDK would
 * otherwise read from the environment is given. Returns undefined for an Azure address without an API version.
 */
export function createClient(target: HostedTarget, guarded: typeof fetch): OpenAI | undefined {
  const options = {
    apiKey: target.secret ?? NO_SECRET,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    // Retries, timeouts and logs are ours: two policies would multiply, and the SDK's log shows bodies.
    maxRetries: 0,
    timeout: SDK_TIMEOUT_MS,
    logLevel: "off" as const,
    fetch: guarded,
  };
  // Azure's newer address speaks plain OpenAI and needs no API version.
  const path = new URL(target.baseUrl).pathname.replace(/\/+$/, "");
  if (target.connectionKind !== "azure-openai" || path.endsWith("/openai/v1")) {
    return new OpenAI({ ...options, baseURL: target.baseUrl });
  }
  if (target.apiVersion === undefined) return undefined;
  const baseURL = path === "" ? new URL("/openai", target.baseUrl).href : target.baseUrl;
  return new AzureOpenAI({ ...options, baseURL, apiVersion: target.apiVersion });
}

/** Above every bound of ours, so that it never acts. */
const SDK_TIMEOUT_MS = 2_147_483_647;
