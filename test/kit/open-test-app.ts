import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp, createLog, openPlatform, readConfig } from "@assay/api";
import { type Client, createClient } from "@assay/client";
import type { Engine, Tenant } from "@assay/core";
import { createFakeEngine, nanoModelBytes } from "@assay/engines/testing";
import { ensureOperatorKey, type Platform } from "@assay/services";
import { openTestLocation } from "@assay/store/testing";
import { type LoggedIn, logIn } from "./log-in.ts";

const BASE_URL = "http://assay.test";
const UNLIMITED = { requestsPerMinute: 1_000_000, concurrentRequests: 10_000 };

/** A tenant of a test with a key of every scope. */
export interface TestTenant {
  tenant: Tenant;
  key: string;
  client: Client;
  /** Asks `model` a question and answers the id of its trace. */
  chat(model: string, question: string): Promise<string>;
}

/** The whole application on a real store, asked without a port. Only the engine may be a stand-in. */
export interface TestApp extends AsyncDisposable {
  platform: Platform;
  operator: { key: string; client: Client };
  fetch: typeof fetch;
  /** The same as over a socket whose other end has this address. */
  fetchFrom(address: string): typeof fetch;
  client(key: string): Client;
  logIn(credentials: { email: string; password: string }): Promise<LoggedIn>;
  createTenant(slug: string): Promise<TestTenant>;
  /** Every line the application has logged. */
  logLines: string[];
}

interface TestAppOptions {
  dialect: "sqlite" | "postgres";
  /** Answers every chat with a fixed sentence unless given. */
  engine?: Engine;
  environment?: Record<string, string>;
}

export async function openTestApp({ dialect, engine, environment }: TestAppOptions): Promise<TestApp> {
  const dataDir = await mkdtemp(join(tmpdir(), "assay-test-"));
  const database = await openTestLocation(dialect);
  const url = dialect === "postgres" ? { ASSAY_DATABASE_URL: database.location } : {};
  const config = readConfig({
    ASSAY_DATA_DIR: dataDir,
    ASSAY_SEED: "none",
    ASSAY_PUBLIC_URL: BASE_URL,
    ...url,
    ...environment,
  });
  const opened = await openPlatform(config, {
    engine: engine ?? createFakeEngine({ answer: () => "A fixed sentence." }),
  });
  const logLines: string[] = [];
  const log = createLog("debug", { write: (line: string) => logLines.push(line) });
  const { platform, origins, clientAddresses } = opened;
  const app = createApp({ platform, origins, clientAddresses, log });
  const inProcess: typeof fetch = async (input, init) => await app.fetch(new Request(input, init));
  const fetchFrom = (remoteAddress: string): typeof fetch => {
    const env = { incoming: { socket: { remoteAddress } } };
    return async (path, init) => await app.fetch(new Request(new URL(String(path), BASE_URL), init), env);
  };
  const client = (key: string) => createClient({ baseUrl: BASE_URL, key, fetch: inProcess });
  const operatorKey = (await ensureOperatorKey(opened.platform.store)) ?? "";
  const operator = { key: operatorKey, client: client(operatorKey) };
  await operator.client.addSharedModel({ slug: "nano", file: new Blob([nanoModelBytes()]) });

  return {
    platform,
    operator,
    fetchFrom,
    fetch: (path, init) => inProcess(new URL(String(path), BASE_URL), init),
    client,
    logIn: (credentials) => logIn({ origin: BASE_URL, fetch: inProcess }, credentials),
    logLines,
    createTenant: async (slug) => {
      // The tests ask faster than a person would; the limits have tests of their own.
      const { tenant, adminKey } = await operator.client.createTenant({
        slug,
        name: slug,
        limits: UNLIMITED,
      });
      const key = adminKey.secret;
      const chat = async (model: string, question: string) => {
        const response = await inProcess(new URL("/v1/chat/completions", BASE_URL), {
          method: "POST",
          headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
          body: JSON.stringify({ model, messages: [{ role: "user", content: question }] }),
        });
        await response.text();
        return response.headers.get("x-assay-trace-id") ?? "no trace";
      };
      return { tenant, key, client: client(key), chat };
    },
    [Symbol.asyncDispose]: async () => {
      await opened[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
