import { mkdir } from "node:fs/promises";
import { type Engine, LIMITS } from "@assay/core";
import {
  buildOf,
  checkAdapterFile,
  checkModelFile,
  hostIsAllowed,
  openAllowedFetch,
  openEngines,
  openWebhookSender,
} from "@assay/engines";
import {
  ensureSharedHostedModels,
  openKeyAuthenticator,
  openPeople,
  openSecretBox,
  type People,
  type Platform,
  type ScriptRunner,
  type SecretBox,
} from "@assay/services";
import { openFileStore, openStore, type Store } from "@assay/store";
import type { Config } from "./config.ts";
import { dataPaths } from "./data-paths.ts";
import { type ClientAddresses, openClientAddresses } from "./people/client-addresses.ts";
import { openLogins } from "./people/open-logins.ts";
import { openOidc } from "./people/open-oidc.ts";
import { type OwnOrigins, openOwnOrigins } from "./people/own-origins.ts";
import type { Log } from "./request-log.ts";
import { readOrMakeSecretKey } from "./secret-key.ts";

const OWNER_ONLY = 0o700;

export interface OpenPlatform extends AsyncDisposable {
  platform: Platform;
  origins: OwnOrigins;
  clientAddresses: ClientAddresses;
}

/**
 * Joins store, engines and services together; creates what the data directory does not hold yet.
 * @param parts.engine serves instead of the real engines, where no model is needed.
 * @param parts.scripts runs the user's own scripts; for an application on the user's own machine and nowhere else.
 */
export async function openPlatform(
  config: Config,
  parts: { engine?: Engine; log?: Log; scripts?: ScriptRunner } = {},
): Promise<OpenPlatform> {
  await mkdir(config.dataDir, { recursive: true, mode: OWNER_ONLY });
  const paths = dataPaths(config.dataDir);
  const store = await openStoreOf(config.databaseUrl ?? paths.database);
  const now = () => new Date();
  // The operator's own connection may be reached without being on the tenants' list.
  const operatorHost = config.hosted === undefined ? [] : [new URL(config.hosted.baseUrl).origin];
  const { log } = parts;
  const engine =
    parts.engine ??
    openEngines({
      llama: {
        gpu: config.gpu,
        threads: config.threads,
        environment: config.engineEnvironment,
        ...(log && { log: (event, fields) => log.info({ event, ...fields }, "local engine") }),
      },
      hosted: {
        allowedHosts: [...config.allowedHosts, ...operatorHost],
        ...(log && { log: (attempt) => log.warn(attempt, "hosted engine") }),
      },
    });
  const origins = openOwnOrigins(config.publicUrl);
  const secrets = openSecretBox(await readOrMakeSecretKey(paths.secretKey));
  const isHostAllowed = (url: string) => hostIsAllowed(url, config.allowedHosts);
  const { people, close: closePeople } = openPeopleOf(config, {
    store,
    secrets,
    origins,
    isHostAllowed,
    // The platform's clock, whichever it is by then.
    now: () => platform.now(),
  });
  const webhooks = openWebhookSender({ allowedHosts: config.allowedHosts });
  const platform: Platform = {
    store,
    files: openFileStore(paths.files),
    engine,
    engineBuildOf: (kind) => buildOf({ kind }),
    webhooks,
    scripts: parts.scripts ?? null,
    modelFiles: { checkModelFile, checkAdapterFile },
    secrets,
    keys: openKeyAuthenticator(store, now),
    people,
    publicUrl: () => origins.publicUrl(),
    sharedConnection:
      config.hosted === undefined
        ? null
        : {
            kind: "openai",
            baseUrl: config.hosted.baseUrl,
            apiVersion: undefined,
            secret: config.hosted.apiKey,
          },
    isHostAllowed,
    now,
  };
  await ensureSharedHostedModels(platform, config.hosted?.models ?? []);
  return {
    platform,
    origins,
    clientAddresses: openClientAddresses(config.trustedProxies),
    [Symbol.asyncDispose]: async () => {
      await webhooks.close();
      await closePeople();
      await engine.close();
      await store.close();
    },
  };
}

interface PeopleParts {
  store: Store;
  secrets: SecretBox;
  origins: OwnOrigins;
  isHostAllowed(url: string): boolean;
  now(): Date;
}

function openPeopleOf(
  { allowedHosts }: Config,
  parts: PeopleParts,
): { people: People; close(): Promise<void> } {
  const { store, secrets, origins, isHostAllowed, now } = parts;
  const secret = secrets.sign("cookies", "sessions").toString("base64url");
  const fetch = openAllowedFetch({
    allowedHosts,
    timeoutMs: LIMITS.oidcTimeoutMs,
    answerBytesMax: LIMITS.oidcAnswerBytesMax,
  });
  const people = openPeople({
    store,
    logins: openLogins({ store, origins, secret }),
    oidc: openOidc({ fetch, isHostAllowed, now }),
    now,
  });
  return { people, close: () => fetch.close() };
}

async function openStoreOf(location: string): Promise<Store> {
  try {
    return await openStore(location);
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code !== "SQLITE_NOTADB" && code !== "SQLITE_CORRUPT") throw error;
    throw new Error(
      `${location} is damaged (${String(code)}). Move its folder away and run: assay restore <backup>`,
      {
        cause: error,
      },
    );
  }
}
