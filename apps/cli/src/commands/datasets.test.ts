import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { openShop, type Shop } from "../testing/open-shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function assay(line: string) {
  const io = openMemoryIo({ variables: { ASSAY_URL: shop.url, ASSAY_KEY: shop.key } });
  return { code: await runCli(line.split(" "), io), ...io.written };
}

describe("a dataset whose file lacks cases that the stored one has", () => {
  it("is imported with a word of what was dropped, and can be pulled to keep both", async () => {
    const line = (key: string) => `{"key":"${key}","variables":{"q":"x"},"tags":[]}\n`;
    const path = join(shop.root, "few.jsonl");
    await writeFile(path, line("a") + line("b"));
    expect(await assay(`datasets push ${path}`)).toMatchObject({ code: 0, stderr: "" });
    await writeFile(path, line("a"));
    const { stderr } = await assay(`datasets push ${path}`);
    expect(stderr).toContain("few@2: 2 cases → 1; 1 dropped: b. Version 1 still has");
    const { code, stdout } = await assay("datasets pull few --version 1");
    expect(code).toBe(0);
    const cases = stdout.trim().split("\n");
    expect(cases.map((text) => JSON.parse(text).key)).toEqual(["a", "b"]);
    await writeFile(path, stdout);
    expect(await assay(`datasets push ${path}`)).toMatchObject({ stderr: "", stdout: "+ few@3: 2 cases\n" });
  });

  it("is told of in a sentence where the file is not there", async () => {
    const { code, stderr } = await assay("datasets push /nowhere/none.jsonl");
    expect(stderr).toContain("/nowhere/none.jsonl cannot be read.");
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });
});
