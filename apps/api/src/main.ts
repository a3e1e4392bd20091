import { ensureOperatorKey } from "@assay/services";
import { serve } from "@hono/node-server";
import { readConfig } from "./config.ts";
import { createApp } from "./create-app.ts";
import { type Credentials, greeting } from "./greeting.ts";
import { openPlatform } from "./open-platform.ts";
import { createLog } from "./request-log.ts";
import { isSeeded, seedStarter } from "./seed-starter.ts";
import { startWorker } from "./start-worker.ts";

/** How long running requests may go on after the server was told to stop. */
const STOP_GRACE_MS = 10_000;
/** A slow sender of headers is cut off; a slow upload of a large model is not. */
const TIMEOUTS = { headersTimeout: 30_000, requestTimeout: 6 * 3_600_000 };

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const { platform, [Symbol.asyncDispose]: closePlatform } = await openPlatform(config);
  const credentials: Credentials = { operator: await ensureOperatorKey(platform.store), tenants: [] };
  if (config.seed === "starter" && !(await isSeeded(platform))) {
    process.stderr.write("First start: setting up the starter tenants…\n");
    credentials.tenants = await seedStarter(platform);
  }

  const worker = startWorker(platform, { log, leaseMs: config.jobLeaseMs });
  const app = createApp({ platform, log });
  const server = serve(
    { fetch: app.fetch, port: config.port, hostname: config.host, serverOptions: TIMEOUTS },
    (address) => {
      process.stdout.write(greeting(`http://${config.host}:${address.port}`, credentials));
    },
  );
  server.on("error", (error) => {
    process.stderr.write(`The server cannot listen on ${config.host}:${config.port}: ${error.message}\n`);
    process.exit(1);
  });

  let isStopping = false;
  const shutDown = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const forced = setTimeout(() => {
      if ("closeAllConnections" in server) server.closeAllConnections();
    }, STOP_GRACE_MS);
    await new Promise((resolve) => server.close(resolve));
    clearTimeout(forced);
    await worker.stop();
    await closePlatform();
    process.exit(0);
  };
  process.once("SIGTERM", () => void shutDown());
  process.once("SIGINT", () => void shutDown());
}

main().catch((error: unknown) => {
  process.stderr.write(`Assay could not start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
