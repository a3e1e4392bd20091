import type { CONTRACT, Route, RouteName } from "@assay/core";
import { nanoAdapterBytes, nanoModelBytes } from "@assay/engines/testing";
import { type Names, PASSWORD } from "./fill-tenant.ts";

type Contract = typeof CONTRACT;
export type JsonBodied = {
  [N in RouteName]: Contract[N] extends { body: { kind: "json" } } ? N : never;
}[RouteName];

let counter = 0;
const fresh = (kind: string) => `fresh-${kind}-${++counter}`;

/** A valid body per route that takes one. A route without a row here does not compile. */
const BODIES: Record<JsonBodied, (names: Names) => Record<string, unknown>> = {
  createChatCompletion: (n) => ({
    model: `prompt:${n.prompt}`,
    messages: [{ role: "user", content: "hello" }],
  }),
  createCompletion: () => ({ model: "nano", prompt: "hello", max_tokens: 4 }),
  createKey: () => ({ name: fresh("key"), role: "viewer" }),
  login: (n) => ({ email: n.email, password: PASSWORD }),
  changePassword: () => ({ currentPassword: PASSWORD, newPassword: PASSWORD }),
  acceptInvitation: () => ({ name: "Fresh", password: PASSWORD }),
  acceptPasswordReset: () => ({ password: PASSWORD }),
  createPasswordResetByEmail: (n) => ({ email: n.email }),
  createInvitation: () => ({ email: `${fresh("guest")}@people.test`, role: "viewer" }),
  setMemberRole: () => ({ role: "editor" }),
  setIdentityProvider: () => ({ issuer: "https://api.openai.com/oidc", clientId: fresh("client") }),
  addOperator: (n) => ({ email: n.email }),
  inviteToTenant: () => ({ email: `${fresh("admin")}@people.test` }),
  createTenant: () => ({ slug: fresh("tenant"), name: "Fresh" }),
  setTenantLimits: () => ({ requestsPerMinute: 1_000_000, concurrentRequests: 10_000 }),
  createConnection: () => ({
    slug: fresh("connection"),
    kind: "openai",
    baseUrl: "https://api.openai.com/v1",
  }),
  updateConnection: () => ({ apiVersion: "2024-10-21" }),
  createHostedModel: (n) => ({ slug: fresh("model"), connection: n.connection, providerModel: "gpt" }),
  createAdapter: () => ({ slug: fresh("adapter"), baseModel: "nano" }),
  createPrompt: () => ({ slug: fresh("prompt") }),
  addPromptVersion: (n) => ({
    content: {
      messages: [{ role: "system", content: fresh("content") }],
      model: "nano",
      adapter: `${n.adapter}@1`,
    },
  }),
  checkPrompt: (n) => ({
    content: { messages: [{ role: "system", content: "Hi {{ x }}" }], model: n.model },
  }),
  // Replaces the draft that `fillTenant` kept.
  putPromptDraft: () => ({ baseVersion: 1, body: fresh("draft"), expectedRevision: 1 }),
  moveLabel: () => ({ version: 1 }),
  rollbackLabel: () => ({ version: 1, reason: "it was better" }),
  derivePromptVersion: () => ({ from: 1, adapter: null }),
  proposeChange: () => ({ label: fresh("label"), version: 1, title: "Try it" }),
  approveChange: () => ({ reason: "looks right" }),
  rejectChange: () => ({ reason: "not now" }),
  withdrawChange: () => ({ reason: "too early" }),
  setGate: (n) => ({ suite: n.suite }),
  createDataset: () => ({ slug: fresh("dataset") }),
  changeDataset: (n) => ({
    base: 1,
    added: [{ key: fresh("case"), messages: [{ role: "user", content: `about ${n.dataset}` }] }],
  }),
  putSuite: (n) => ({ prompt: n.prompt, dataset: n.dataset, scorers: [{ type: "is-json" }] }),
  setTraceSettings: () => ({ sampleRate: 0.5, retentionDays: 7 }),
  addCasesFromTraces: (n) => ({ traces: [n.traceId], mapping: { expected: "none" } }),
  // No token of a fixed text is good; what good ones do has its own tests.
  createFeedback: () => ({ token: "x", thumb: "up" }),
  createAnnotationQueue: (n) => ({
    slug: fresh("queue"),
    prompt: n.prompt,
    metric: "rubric",
    instructions: "Is it right?",
  }),
  fillAnnotationQueue: (n) => ({ run: n.runId }),
  labelAnnotation: () => ({ passed: true }),
  startRun: (n) => ({ suite: n.suite, version: 1 }),
  streamPlaygroundCompletion: (n) => ({
    prompt: n.prompt,
    content: { messages: [{ role: "system", content: "Hello." }], model: "nano", adapter: `${n.adapter}@1` },
    messages: [{ role: "user", content: "hello" }],
  }),
  scorePlaygroundOutput: (n) => ({ suite: n.suite, case: { key: "seen", variables: {} }, output: "hello" }),
  planRun: (n) => ({ suite: n.suite, version: 1 }),
};

const QUERIES: Partial<Record<RouteName, (names: Names) => Record<string, string>>> = {
  streamRunEvents: () => ({ forMs: "0" }),
  getRunCase: (n) => ({ key: "case-1", against: n.otherRunId }),
  uploadModel: () => ({ slug: fresh("model") }),
  addSharedModel: () => ({ slug: fresh("shared") }),
  importDataset: () => ({ format: "jsonl" }),
  checkImport: () => ({ format: "jsonl" }),
  listCaseWindow: () => ({ q: "a" }),
  getCase: () => ({ key: "case-1" }),
  diffDatasetVersions: () => ({ from: "1" }),
  getPromotion: () => ({ version: "1" }),
  listActors: (n) => ({ actors: `key:${n.keyId}` }),
  compareRuns: (n) => ({ runs: `${n.runId},${n.otherRunId}` }),
  listComparedCases: (n) => ({ runs: `${n.runId},${n.otherRunId}` }),
};

const FILES: Partial<Record<RouteName, () => Uint8Array<ArrayBuffer>>> = {
  uploadModel: () => new Uint8Array(nanoModelBytes({ seed: 7 })),
  addSharedModel: () => new Uint8Array(nanoModelBytes({ seed: 8 })),
  uploadAdapterVersion: () => new Uint8Array(nanoAdapterBytes({ seed: ++counter + 100 })),
};

/** One row per line; another number makes other cases. */
function caseLines(n: number): string {
  return JSON.stringify({ key: `k${n}`, messages: [{ role: "user", content: `case ${n}` }], expected: "x" });
}

export interface RouteRequest {
  method: string;
  path: string;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** A path with its parameters filled in. A parameter that has no name yet belongs into `Names`. */
export function filledPath(path: string, names: Names): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, param: string) => {
    if (!Object.hasOwn(names, param)) throw new Error(`${path}: Names has no "${param}"`);
    return names[param as keyof Names];
  });
}

/** A valid request of a route about the named things. */
export function requestOf(route: Route, names: Names, body?: Record<string, unknown>): RouteRequest {
  const name = route.name as RouteName;
  const path = filledPath(route.path, names);
  const query = new URLSearchParams(QUERIES[name]?.(names)).toString();
  return {
    method: route.method,
    path: query === "" ? path : `${path}?${query}`,
    body: bodyOf(route, names, body),
  };
}

function bodyOf(route: Route, names: Names, body: Record<string, unknown> | undefined): RouteRequest["body"] {
  const name = route.name as RouteName;
  if (route.body === undefined) return undefined;
  if (route.body.kind === "file") return FILES[name]?.();
  if (route.body.kind === "text") return caseLines(++counter);
  return JSON.stringify(body ?? BODIES[name as JsonBodied](names));
}

/** The valid JSON body of a route, to be changed by a test. */
export function exampleBody(route: Route, names: Names): Record<string, unknown> {
  return BODIES[route.name as JsonBodied](names);
}

/** Sends a request with a key, with a person's headers, or without. */
export async function send(
  ask: typeof fetch,
  { method, path, body }: RouteRequest,
  credential?: string | Record<string, string>,
): Promise<{ status: number; text: string; headers: Headers }> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (typeof credential === "string") headers.authorization = `Bearer ${credential}`;
  else Object.assign(headers, credential);
  const response = await ask(path, { method, headers, ...(body !== undefined && { body }) });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
