import type { HostedTarget } from "@assay/core";

/** Where a request goes, and what it says of itself there. */
export interface RequestAddress {
  readonly url: URL;
  /** All that is sent, but for what the body's length and the connection need. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A run asks the same target for all its cases; what was made of it goes when it goes. */
const known = new WeakMap<HostedTarget, Map<string, RequestAddress | undefined>>();

/**
 * The address of an endpoint (`/chat/completions`) at a connection. Nothing comes from the environment. Undefined for
 * an Azure address without an API version, save for Azure's newer one, which speaks plain OpenAI and needs none.
 */
export function requestAddress(target: HostedTarget, endpoint: string): RequestAddress | undefined {
  let addresses = known.get(target);
  if (addresses === undefined) {
    addresses = new Map();
    known.set(target, addresses);
  }
  if (!addresses.has(endpoint)) addresses.set(endpoint, makeAddress(target, endpoint));
  return addresses.get(endpoint);
}

function makeAddress(target: HostedTarget, endpoint: string): RequestAddress | undefined {
  const base = new URL(target.baseUrl);
  const path = base.pathname.replace(/\/+$/, "");
  if (target.connectionKind !== "azure-openai" || path.endsWith("/openai/v1")) {
    return { url: addressAt(base, path + endpoint), headers: headersOf(target, "authorization") };
  }
  if (target.apiVersion === undefined) return undefined;
  const deployment = `/deployments/${encodeURIComponent(target.providerModel)}`;
  const url = addressAt(base, (path === "" ? "/openai" : path) + deployment + endpoint);
  url.searchParams.set("api-version", target.apiVersion);
  return { url, headers: headersOf(target, "api-key") };
}

function addressAt(base: URL, path: string): URL {
  const url = new URL(base);
  url.pathname = path;
  url.hash = "";
  return url;
}

function headersOf(
  { secret }: HostedTarget,
  credential: "authorization" | "api-key",
): Record<string, string> {
  return {
    accept: "application/json, text/event-stream",
    // Compression costs more than it saves between two data centres, and what is not compressed needs no bound twice.
    "accept-encoding": "identity",
    "content-type": "application/json",
    "user-agent": "assay",
    ...(secret !== undefined && {
      [credential]: credential === "authorization" ? `Bearer ${secret}` : secret,
    }),
  };
}
