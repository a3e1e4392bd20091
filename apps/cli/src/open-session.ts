import { type Client, createClient } from "@assay/client";
import { UsageError } from "./cli-error.ts";
import type { Environment } from "./config.ts";
import { openScriptRunner } from "./scripts/open-script-runner.ts";
import { withApplication } from "./with-application.ts";

/** How a command reaches the application. */
export interface SessionOptions {
  url?: string;
  key?: string;
  local?: boolean;
  data?: string;
  tenant?: string;
}

export interface Session {
  client: Client;
  close(): Promise<void>;
}

const URL_DEFAULT = "http://127.0.0.1:4000";

/**
 * A client of the server that flags or environment name, or with `local` of the same application started inside this
 * process, on `data` or on a fresh copy of the starter tenants.
 *
 * @throws UsageError when the options contradict each other or no key is given.
 */
export async function openSession(options: SessionOptions, environment: Environment): Promise<Session> {
  if (options.local === true) return openLocalSession(options);
  if (options.data !== undefined) throw new UsageError("--data needs --local: a server has its own data.");
  const key = options.key ?? environment.key;
  if (key === undefined) {
    throw new UsageError("No key: set ASSAY_KEY, give --key, or use --local. `npm start` prints a key once.");
  }
  const client = createClient({ baseUrl: options.url ?? environment.url ?? URL_DEFAULT, key });
  return { client, close: async () => undefined };
}

async function openLocalSession(options: SessionOptions): Promise<Session> {
  const { data, tenant, url, key } = options;
  if (url !== undefined || key !== undefined) {
    throw new UsageError("--local runs the application in this process: leave out --url and --key.");
  }
  if (tenant === undefined) throw new UsageError("--local needs --tenant: whose prompts and datasets?");
  const scripts = openScriptRunner(process.cwd());
  const app = await withApplication(({ openLocalApp }) =>
    openLocalApp({ tenant, scripts, ...(data === undefined ? {} : { dataDir: data }) }),
  );
  const client = createClient({ baseUrl: "http://assay.local", key: app.key, fetch: app.fetch });
  return {
    client,
    close: async () => {
      scripts.close();
      await app.close();
    },
  };
}
