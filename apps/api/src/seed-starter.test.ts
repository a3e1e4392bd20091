import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSetup } from "@assay/core";
import { createFakeEngine } from "@assay/engines/testing";
import { createTenant, type Platform } from "@assay/services";
import { findKeyNames, findTenantBySlug, listAuditRows } from "@assay/store";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "./config.ts";
import { openPlatform } from "./open-platform.ts";
import { isSeeded, seedStarter } from "./seed-starter.ts";

/** Who did something in a tenant and is none of its keys. */
async function namelessActors({ store }: Platform, slug: string): Promise<string[]> {
  const tenant = await store.readPlatform((tx) => findTenantBySlug(tx, slug));
  return await store.forTenant(tenant?.id ?? "").read(async (tx) => {
    const actors = (await listAuditRows(tx, { limit: 1_000 })).map(({ actor }) => actor);
    const names = await findKeyNames(
      tx,
      actors.map((actor) => actor.replace(/^key:/, "")),
    );
    return [...new Set(actors)].filter((actor) => !names.has(actor.replace(/^key:/, "")));
  });
}

test("a first start that was cut off after its first tenant is finished by the next, with keys for both", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "assay-seed-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  await using opened = await openPlatform(readConfig({ ASSAY_DATA_DIR: dataDir }), {
    engine: createFakeEngine(),
  });
  const { platform } = opened;
  await createTenant(
    { platform, operatorId: "starter", requestId: "starter" },
    { slug: "airline", name: "Airline" },
  );
  expect(await isSeeded(platform)).toBe(false);

  expect((await seedStarter(platform)).map(({ slug }) => slug)).toEqual(["airline", "bank"]);
  expect(await isSeeded(platform)).toBe(true);
  const nameless = await namelessActors(platform, "bank");
  expect(nameless.length).toBeGreaterThan(0);
  expect(nameless.filter((actor) => !isSetup(actor))).toEqual([]);
  // Cut off just before its mark, a start finds everything there.
  const again = await seedStarter(platform);
  expect(await platform.keys.authenticate(again[0]?.key ?? "")).toMatchObject({
    tenant: { slug: "airline" },
  });
});
