import type { Engine, Json, ModelFileChecks, Scope, Tenant, WebhookSender } from "@assay/core";
import type { ScriptCall } from "@assay/evaluator";
import type { FileStore, Store, TenantStore } from "@assay/store";
import type { KeyAuthenticator } from "./access/key-authenticator.ts";
import type { LiveSession } from "./people/logins.ts";
import type { People } from "./people/people.ts";
import type { SecretBox } from "./registry/secret-box.ts";

/** The user's own scripts on the user's own machine. */
export interface ScriptRunner {
  run(
    call: ScriptCall,
    signal: AbortSignal,
  ): Promise<{ status: "answered"; value: Json } | { status: "failed"; reason: string }>;
}

export interface SharedConnection {
  kind: "openai" | "azure-openai" | "openai-compatible";
  baseUrl: string;
  apiVersion: string | undefined;
  secret: string | undefined;
}

/** What the platform is made of; joined together by an app's main file and nowhere else. */
export interface Platform {
  store: Store;
  files: FileStore;
  engine: Engine;
  /** Names the engine code that serves models of a kind; part of every evidence. */
  engineBuildOf(kind: "local" | "hosted"): string;
  modelFiles: ModelFileChecks;
  /** Calls the tenants' own scorers. */
  webhooks: WebhookSender;
  /** Runs scorers that are scripts; null on every server, where no tenant's code runs. */
  scripts: ScriptRunner | null;
  secrets: SecretBox;
  keys: KeyAuthenticator;
  people: People;
  /** Where people's browsers find this server; null where no port is open. */
  publicUrl(): string | null;
  /** Reaches the operator's hosted models, which every tenant may use; null where the operator set none up. */
  sharedConnection: SharedConnection | null;
  /** Operator-set: may a connection point at this URL? */
  isHostAllowed(url: string): boolean;
  now(): Date;
}

/** The key a request came with, or the person: one of the two ids is null. */
export interface Caller {
  keyId: string | null;
  userId: string | null;
  scopes: readonly Scope[];
  /** Prompt slugs and labels the key is confined to; null is no confinement. */
  prompts: readonly string[] | null;
  labels: readonly string[] | null;
}

/** What a verb acts in: one tenant, one caller, one request. */
export interface Context {
  platform: Platform;
  tenant: TenantStore;
  tenantInfo: Tenant;
  caller: Caller;
  requestId: string;
}

/** The same for an operator, who has no tenant and reads no tenant's content. */
export interface OperatorContext {
  platform: Platform;
  /** Of an operator's key, or of a person who is one. */
  operatorId: string;
  requestId: string;
}

/** The same for a person, wherever they are a member. */
export interface PersonContext {
  platform: Platform;
  session: LiveSession;
  requestId: string;
  /** Sent along with the answer. */
  setCookie(line: string): void;
}

/** How an actor is named in audit entries and moves. */
export function actorOf({ caller }: Pick<Context, "caller">): string {
  return caller.userId === null ? `key:${caller.keyId}` : `user:${caller.userId}`;
}
