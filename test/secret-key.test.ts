import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startServer } from "./kit/start-server.ts";

const OWNER_ONLY = 0o600;

let dataDir: string;
let path: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "assay-secret-"));
  path = join(dataDir, "secret.key");
});
afterEach(() => rm(dataDir, { recursive: true }));

const start = (folder = dataDir) => startServer({ dataDir: folder, environment: { ASSAY_SEED: "none" } });

/** What a server that ended said of it. */
async function refusalOfStart(): Promise<string> {
  try {
    const server = await start();
    await server.kill("SIGKILL");
    return "it started";
  } catch (error) {
    return String(error);
  }
}

test.each([
  ["is a word", "changeme"],
  ["is nothing but zeros", "0".repeat(64)],
])(
  "the server does not start when its secret key %s, says which file it is, and not what it holds",
  async (_, secret) => {
    await writeFile(path, secret);
    const said = await refusalOfStart();
    expect(said).toContain(path);
    expect(said).not.toContain(secret);
    // Nothing was put in its place.
    expect(await readFile(path, "utf8")).toBe(secret);
  },
);

test("no key comes with the product: each first start makes its own, which its owner alone may read", async () => {
  const other = await mkdtemp(join(tmpdir(), "assay-secret-"));
  try {
    for (const folder of [dataDir, other]) await (await start(folder)).kill("SIGTERM");
    const keys = await Promise.all([path, join(other, "secret.key")].map((each) => readFile(each, "utf8")));
    expect(new Set(keys).size).toBe(2);
    expect(keys.every((key) => /^[0-9a-f]{64}$/.test(key))).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(OWNER_ONLY);
  } finally {
    await rm(other, { recursive: true });
  }
});
