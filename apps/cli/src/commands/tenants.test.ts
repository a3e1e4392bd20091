import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { startProvider } from "../testing/start-provider.ts";
import { startServer, type TestServer } from "../testing/start-server.ts";

let server: TestServer;
let provider: Awaited<ReturnType<typeof startProvider>>;
let key: string;

async function assay(line: string, asKey = key) {
  const io = openMemoryIo({ variables: { ASSAY_URL: server.url, ASSAY_KEY: asKey } });
  return { code: await runCli(line.split(" "), io), ...io.written };
}

beforeAll(async () => {
  provider = await startProvider();
  server = await startServer(provider.url);
  key = (await assay("tenants create shop", server.operatorKey)).stdout.trim();
});
afterAll(async () => {
  await server?.close();
  await provider?.close();
});

it("sets what a tenant's keys may ask for, and says to what and how many keys it changed", async () => {
  const set = "tenants limits shop --per-minute 6000 --at-once 60";
  expect((await assay(set, server.operatorKey)).stdout).toBe(
    "A key of shop may make 6000 requests a minute and 60 at a time; keys changed: 1.\n",
  );
  const [again, wrong] = [`${set} --json`, "tenants limits shop --per-minute 0 --at-once 1"];
  expect(JSON.parse((await assay(again, server.operatorKey)).stdout)).toMatchObject({
    schema: "assay.tenant-limits/1",
    changedKeys: 0,
  });
  expect(await assay(wrong, server.operatorKey)).toMatchObject({ code: 2 });
  expect(await assay(set)).toMatchObject({ code: 1 });
});

it("removes a tenant with everything", async () => {
  await assay("tenants create gone", server.operatorKey);
  expect(await assay("tenants remove gone --yes", server.operatorKey)).toMatchObject({ code: 0 });
  const listed = await assay("tenants list --json", server.operatorKey);
  expect(JSON.parse(listed.stdout)).toMatchObject({ schema: "assay.tenants/1", items: [{ slug: "shop" }] });
});
