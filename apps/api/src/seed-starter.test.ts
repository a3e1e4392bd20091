import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFakeEngine } from "@assay/engines/testing";
import { createTenant } from "@assay/services";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "./config.ts";
import { openPlatform } from "./open-platform.ts";
import { isSeeded, seedStarter } from "./seed-starter.ts";

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
  // Cut off just before its mark, a start finds everything there.
  const again = await seedStarter(platform);
  expect(await platform.keys.authenticate(again[0]?.key ?? "")).toMatchObject({
    tenant: { slug: "airline" },
  });
});
