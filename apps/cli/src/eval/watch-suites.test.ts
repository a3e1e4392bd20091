import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { runCli } from "../run-cli.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { openShop, promptFile, type Shop, writeWords } from "../testing/open-shop.ts";
import { watchFiles } from "./watch-files.ts";

let shop: Shop;
const prompt = () => join(shop.root, "prompts/shop/shout.yaml");
const suite = () => join(shop.root, "evals/shop/open.yaml");
const WAIT = { timeout: 40_000, interval: 50 };

beforeAll(async () => {
  shop = await openShop();
  await writeWords(join(shop.root, "words.jsonl"), 4);
  await writeFile(prompt(), promptFile("SHOUT"));
  await writeFile(suite(), "prompt: shout\ndataset: ../../words.jsonl\nscorers: [{ type: exact-match }]\n");
});

afterAll(() => shop?.close());

it("evaluates again on every change, says what changed, and ends with the last verdict", async () => {
  const io = openMemoryIo({ variables: { ASSAY_URL: shop.url, ASSAY_KEY: shop.key } });
  const ended = runCli(["eval", suite(), "--watch"], io);
  const watching = (times: number) =>
    vi.waitFor(() => expect(io.written.stderr.split("Watching 3 files").length).toBeGreaterThan(times), WAIT);
  await watching(1);
  expect(io.written.stdout).toContain("PASSED");

  await writeFile(prompt(), promptFile("whisper"));
  await watching(2);
  expect(io.written.stdout).toMatch(/since the last round: score 1\.0000 → 0\.0000\n {2}broken case-0/);

  await writeFile(prompt(), "model: [");
  await vi.waitFor(() => expect(io.written.stdout).toContain("COULD NOT RUN"), WAIT);
  await watching(3);

  await writeFile(suite(), "prompt: shout\n");
  await vi.waitFor(() => expect(io.written.stderr).toMatch(/open\.yaml:1:1: \w+: is missing/), WAIT);
  await watching(4);

  await writeFile(prompt(), promptFile("SHOUT again"));
  const open = "prompt: shout\ndataset: ../../words.jsonl\nscorers: [{ type: exact-match, name: exact }]\n";
  await writeFile(suite(), open);
  await vi.waitFor(() => expect(io.written.stdout.split("PASSED").length).toBeGreaterThan(2), WAIT);
  io.interrupt();
  expect(await ended).toBe(0);
});

it("sees a file that is replaced and any file of a folder, and nothing else", async () => {
  const folder = join(shop.root, "partials");
  await mkdir(folder);
  const watch = watchFiles([prompt()], [folder]);
  let isChanged = false;
  void watch.changed.then(() => {
    isChanged = true;
  });
  await writeFile(join(shop.root, "prompts/shop/other.yaml"), "");
  await new Promise((done) => setTimeout(done, 400));
  expect(isChanged).toBe(false);
  await writeFile(join(folder, "footer.liquid"), "Bye.");
  await watch.changed;
  watch.close();
});
