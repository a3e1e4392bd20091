import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdminKey, type ScriptRunner } from "@assay/services";
import { findTenantBySlug } from "@assay/store";
import { readConfig } from "./config.ts";
import { createApp } from "./create-app.ts";
import { openPlatform } from "./open-platform.ts";
import { createLog } from "./request-log.ts";
import { isSeeded, seedStarter } from "./seed-starter.ts";
import { startWorker } from "./start-worker.ts";

export interface LocalAppOptions {
  /** Without one the app lives in a temporary directory, with the starter tenants, and leaves nothing behind. */
  dataDir?: string | undefined;
  tenant: string;
  /** Runs scorers that are scripts of the user's own. */
  scripts?: ScriptRunner;
}

export interface LocalApp {
  /** Answers requests to any host without opening a port. */
  fetch: typeof fetch;
  /** An admin key of the tenant, good until `close`. */
  key: string;
  close(): Promise<void>;
}

/**
 * The whole application inside this process, for `assay --local` and CI.
 * @throws Error when the data directory has no such tenant.
 */
export async function openLocalApp({ dataDir, tenant, scripts }: LocalAppOptions): Promise<LocalApp> {
  const isEphemeral = dataDir === undefined;
  const directory = dataDir ?? (await mkdtemp(join(tmpdir(), "assay-")));
  const settings = readConfig();
  // What leaves nothing behind must not write into somebody's Postgres either.
  const config = {
    ...settings,
    dataDir: directory,
    databaseUrl: isEphemeral ? undefined : settings.databaseUrl,
  };
  const {
    platform,
    origins,
    clientAddresses,
    [Symbol.asyncDispose]: closePlatform,
  } = await openPlatform(config, {
    ...(scripts && { scripts }),
  });
  const discard = async (): Promise<void> => {
    await closePlatform();
    if (isEphemeral) await rm(directory, { recursive: true, force: true });
  };
  try {
    if (isEphemeral && !(await isSeeded(platform))) await seedStarter(platform);
    const row = await platform.store.readPlatform((tx) => findTenantBySlug(tx, tenant));
    if (row === undefined)
      throw new Error(`There is no tenant "${tenant}" in ${isEphemeral ? "the starter" : directory}.`);
    const { token, revoke } = await createAdminKey(platform, row.id, "assay --local");
    const log = createLog("warn");
    const worker = startWorker(platform, { log, leaseMs: config.jobLeaseMs });
    const app = createApp({ platform, origins, clientAddresses, log });
    return {
      fetch: async (input, init) => await app.fetch(new Request(input, init)),
      key: token,
      close: async () => {
        await worker.stop();
        await revoke();
        await discard();
      },
    };
  } catch (error) {
    await discard();
    throw error;
  }
}
