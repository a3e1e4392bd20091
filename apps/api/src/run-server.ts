import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { ensureFirstPerson, ensureOperatorKey, type Platform } from "@assay/services";
import { STARTER } from "@assay/starter";
import { type ServerType, serve } from "@hono/node-server";
import { type Config, readConfig } from "./config.ts";
import { createApp } from "./create-app.ts";
import { type Credentials, greeting } from "./greeting.ts";
import { openPlatform } from "./open-platform.ts";
import { createLog } from "./request-log.ts";
import { isSeeded, seedStarter } from "./seed-starter.ts";
import { readWebFiles } from "./serve-web.ts";
import { startSweeper } from "./start-sweeper.ts";
import { startWorker } from "./start-worker.ts";

/** How long running requests may go on after the server was told to stop. */
const STOP_GRACE_MS = 10_000;
/** A slow sender of headers is cut off; a slow upload of a large model is not. */
const TIMEOUTS = { headersTimeout: 30_000, requestTimeout: 6 * 3_600_000 };

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const opened = await openPlatform(config, { log });
  const { platform, origins, clientAddresses } = opened;
  const app = createApp({ platform, origins, clientAddresses, log, webFiles: readWebFiles() });
  // Before any key is made: a key that was made and not printed, because the port was taken, would be lost.
  const { server, address } = await listen(app.fetch, config);
  origins.listenAt(address);
  const worker = startWorker(platform, { log, leaseMs: config.jobLeaseMs });
  const sweeper = startSweeper(platform, log);
  stopOnSignal(async () => {
    await closeServer(server);
    await sweeper.stop();
    await worker.stop();
    await opened[Symbol.asyncDispose]();
  });
  const url = config.publicUrl ?? `http://${address.host}:${address.port}`;
  process.stdout.write(greeting(url, await makeCredentials(platform, config)));
}

async function listen(
  fetch: Parameters<typeof serve>[0]["fetch"],
  { port, host }: Config,
): Promise<{ server: ServerType; address: { host: string; port: number } }> {
  const server = serve({ fetch, port, hostname: host, serverOptions: TIMEOUTS });
  // Before any handler, so that no answer can be without it: JSON and exports are never guessed to be a page.
  server.prependListener("request", (_, response: ServerResponse) => {
    response.setHeader("x-content-type-options", "nosniff");
  });
  try {
    await once(server, "listening");
  } catch (error) {
    throw new Error(
      `It cannot listen on ${host}:${port}: ${(error as Error).message}. Is it running already? Set PORT.`,
    );
  }
  const address = server.address();
  const bound = address !== null && typeof address === "object" ? address.port : port;
  return { server, address: { host, port: bound } };
}

async function makeCredentials(platform: Platform, { seed }: Config): Promise<Credentials> {
  let tenants: Credentials["tenants"] = [];
  if (seed === "starter" && !(await isSeeded(platform))) {
    process.stderr.write("First start: setting up the starter tenants…\n");
    tenants = await seedStarter(platform);
  }
  const operator = await ensureOperatorKey(platform.store);
  const slugs = seed === "starter" ? STARTER.tenants.map(({ slug }) => slug) : [];
  return { operator, tenants, login: await ensureFirstPerson(platform, slugs) };
}

async function closeServer(server: ServerType): Promise<void> {
  const forced = setTimeout(() => {
    if ("closeAllConnections" in server) server.closeAllConnections();
  }, STOP_GRACE_MS);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(forced);
}

function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const onSignal = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await stop();
    process.exit(0);
  };
  process.once("SIGTERM", () => void onSignal());
  process.once("SIGINT", () => void onSignal());
}

main().catch((error: unknown) => {
  process.stderr.write(`Assay could not start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
