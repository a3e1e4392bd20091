import {
  type ChatCompletionRequest,
  CONTRACT,
  type CompletionRequest,
  type FeedbackDraft,
  type LoginDraft,
  type PlaygroundRequest,
  type RouteName,
} from "@assay/core";
import {
  acceptInvitation,
  acceptPasswordReset,
  type ClientFacts,
  type Context,
  createChatGeneration,
  createFeedback,
  createPlaygroundGeneration,
  createTextGeneration,
  finishSso,
  getInvitation,
  getPasswordReset,
  type LiveSession,
  login,
  type Platform,
  startSso,
  type VerbInput,
} from "@assay/services";
import { answerAuditExport } from "./audit-export-response.ts";
import { answerDatasetExport } from "./dataset-export-response.ts";
import { answerGeneration } from "./generation-response.ts";
import type { VerbRouteName } from "./handlers.ts";
import { chatFormat, completionFormat } from "./openai-format.ts";
import { openApiDocument } from "./openapi-document.ts";
import { referencePage } from "./reference-page.ts";
import { answerRunEvents } from "./run-events-response.ts";

/** What a route that writes its own answer gets. `context` is there for tenants' routes. */
export interface RawCall {
  platform: Platform;
  context: Context | undefined;
  input: Record<string, unknown>;
  client: ClientFacts;
  cookie: string | null;
  /** Of somebody who has logged in, on routes that open sessions. */
  session: LiveSession | undefined;
  requestId: string;
  signal: AbortSignal;
  /** A streaming answer calls this once when it has ended, however it ended. */
  onStreamEnd: () => void;
  /** Told of a fault of ours after the answer has begun. */
  onStreamBug: (error: unknown) => void;
}

/** Every route that is not in handlers.ts. */
type RawRouteName = Exclude<RouteName, VerbRouteName>;
type RawHandler = (call: RawCall) => Promise<Response>;

/** Route name → its handler. A missing line does not compile. */
const RAW_HANDLERS: Record<RawRouteName, RawHandler> = {
  createChatCompletion: (call) => {
    const body = call.input as ChatCompletionRequest;
    return answerGeneration(call, {
      body,
      format: chatFormat(body),
      start: (context, signal) => createChatGeneration(context, body, signal),
    });
  },
  createCompletion: (call) => {
    const body = call.input as CompletionRequest;
    return answerGeneration(call, {
      body,
      format: completionFormat(),
      start: (context, signal) => createTextGeneration(context, body, signal),
    });
  },
  streamPlaygroundCompletion: (call) => {
    const tried = call.input as PlaygroundRequest;
    const body = { model: `prompt:${tried.prompt}`, stream: true, stream_options: { include_usage: true } };
    return answerGeneration(call, {
      body,
      format: chatFormat({}),
      start: (context, signal) => createPlaygroundGeneration(context, tried, signal),
    });
  },
  createFeedback: async ({ platform, input }) =>
    Response.json(await createFeedback(platform, input as FeedbackDraft), { status: 201 }),
  streamRunEvents: answerRunEvents,
  login: async ({ platform, input, client, cookie }) => {
    const { view, setCookies } = await login(platform, input as LoginDraft, { client, cookie });
    return withCookies(CONTRACT.login.output.schema.parse(view), setCookies);
  },
  startSso: async ({ platform, input }) =>
    redirectTo(await startSso(platform, input as VerbInput<"startSso">)),
  finishSso: async ({ platform, input, cookie, client }) =>
    redirectTo(await finishSso(platform, input as VerbInput<"finishSso">, { cookie, client })),
  getInvitation: async ({ platform, input }) => {
    const offer = await getInvitation(platform, input as VerbInput<"getInvitation">);
    return Response.json(CONTRACT.getInvitation.output.schema.parse(offer));
  },
  acceptInvitation: async ({ platform, input, client, session }) => {
    const draft = input as VerbInput<"acceptInvitation">;
    const { view, setCookies } = await acceptInvitation(platform, draft, { session, client });
    return withCookies(CONTRACT.acceptInvitation.output.schema.parse(view), setCookies);
  },
  getPasswordReset: async ({ platform, input }) => {
    const offer = await getPasswordReset(platform, input as VerbInput<"getPasswordReset">);
    return withCookies(CONTRACT.getPasswordReset.output.schema.parse(offer), []);
  },
  acceptPasswordReset: async ({ platform, input, client }) => {
    const { setCookies } = await acceptPasswordReset(
      platform,
      input as VerbInput<"acceptPasswordReset">,
      client,
    );
    return new Response(null, { status: 204, headers: withCookies(null, setCookies).headers });
  },
  exportDataset: answerDatasetExport,
  exportAudit: answerAuditExport,
  getHealth: async () => Response.json({ status: "ok" }),
  getReadiness: async ({ platform }) => {
    await platform.store.ping();
    return Response.json({ status: "ready" });
  },
  getOpenApi: async () => Response.json(openApiDocument()),
  getReference: async () => referencePage(),
};

function redirectTo({ location, setCookies }: { location: string; setCookies: string[] }): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const line of setCookies) headers.append("set-cookie", line);
  return new Response(null, { status: 302, headers });
}

function withCookies(body: unknown, setCookies: readonly string[]): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const line of setCookies) headers.append("set-cookie", line);
  return Response.json(body, { headers });
}

export function findRawHandler(name: string): RawHandler | undefined {
  return Object.hasOwn(RAW_HANDLERS, name) ? RAW_HANDLERS[name as RawRouteName] : undefined;
}
