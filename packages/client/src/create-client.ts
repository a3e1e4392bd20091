import type { Call, CallOptions, ControlRouteName } from "./call.ts";
import { ROUTE_TABLE } from "./route-table.ts";
import { type SendSettings, sendRequest } from "./send-request.ts";

const TIMEOUT_MS = 30_000;
const UPLOAD_TIMEOUT_MS = 60 * 60_000;

export interface ClientOptions {
  /** Of the server, for example `http://127.0.0.1:4000`; may carry a path prefix. */
  baseUrl: string;
  /** A tenant's or an operator's key; a browser with a session cookie needs none. */
  key?: string | undefined;
  /** Stands in for the global fetch: an application in the same process, or a proxy. */
  fetch?: typeof fetch | undefined;
  timeoutMs?: number | undefined;
  uploadTimeoutMs?: number | undefined;
}

/** One method per route of the control plane, named and typed by the contract. */
export type Client = { readonly [N in ControlRouteName]: Call<N> };

/**
 * A typed client of the control plane. Parameters, query and body of a call are one flat object:
 * `client.addPromptVersion({ prompt: "triage", content })`. Methods reject with ClientError.
 */
export function createClient(options: ClientOptions): Client {
  const settings: SendSettings = {
    baseUrl: options.baseUrl,
    key: options.key,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    uploadTimeoutMs: options.uploadTimeoutMs ?? UPLOAD_TIMEOUT_MS,
  };
  const methods = Object.entries(ROUTE_TABLE).map(([name, entry]) => [
    name,
    (input: Readonly<Record<string, unknown>> = {}, callOptions: CallOptions = {}) =>
      sendRequest({ name, ...entry }, { input, options: callOptions }, settings),
  ]);
  // The one place where the contract's types are asserted of what was built from the contract.
  const client = Object.fromEntries(methods) as Client;
  settingsOfClient.set(client, settings);
  return client;
}

const settingsOfClient = new WeakMap<Client, SendSettings>();

/** How a client reaches its server, for answers that are read while they come. */
export function settingsOf(client: Client): SendSettings {
  const settings = settingsOfClient.get(client);
  if (settings === undefined) throw new TypeError("This client was not made by createClient.");
  return settings;
}
