import { afterAll, beforeAll, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "../testing/open-command-line.ts";

let cli: CommandLine;

const assay: CommandLine["assay"] = (...command) => cli.assay(...command);

beforeAll(async () => {
  cli = await openCommandLine();
});
afterAll(() => cli?.close());

it("sets what a tenant's keys may ask for, and says to what and how many keys it changed", async () => {
  const set = "tenants limits shop --per-minute 6000 --at-once 60";
  expect((await assay(set, cli.server.operatorKey)).stdout).toBe(
    "A key of shop may make 6000 requests a minute and 60 at a time; keys changed: 1.\n",
  );
  const [again, wrong] = [`${set} --json`, "tenants limits shop --per-minute 0 --at-once 1"];
  expect(JSON.parse((await assay(again, cli.server.operatorKey)).stdout)).toMatchObject({
    schema: "assay.tenant-limits/1",
    changedKeys: 0,
  });
  expect(await assay(wrong, cli.server.operatorKey)).toMatchObject({ code: 2 });
  expect(await assay(set)).toMatchObject({ code: 1 });
});

it("removes a tenant with everything", async () => {
  await assay("tenants create gone", cli.server.operatorKey);
  expect(await assay("tenants remove gone --yes", cli.server.operatorKey)).toMatchObject({ code: 0 });
  const listed = await assay("tenants list --json", cli.server.operatorKey);
  expect(JSON.parse(listed.stdout)).toMatchObject({ schema: "assay.tenants/1", items: [{ slug: "shop" }] });
});
