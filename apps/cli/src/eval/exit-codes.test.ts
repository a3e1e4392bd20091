import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Run } from "@assay/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cli } from "../cli.ts";
import { createOutput } from "../output.ts";
import { openMemoryIo } from "../testing/memory-io.ts";
import { openShop, promptFile, type Shop, writeWords } from "../testing/open-shop.ts";
import { aFinishedSuite, PASSED_VERDICT } from "../testing/sample-report.ts";
import { deliverReports } from "./deliver-reports.ts";

// T53: the process ends with the verdict that the server stored, whatever happens to the ways of telling it.

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const EXIT_CODE_OF = { pass: 0, fail: 100, inconclusive: 100 } as const;

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await writeFile(join(shop.root, "prompts/shop/shout.yaml"), promptFile("SHOUT"));
  await writeFile(join(shop.root, "prompts/shop/whisper.yaml"), promptFile("whisper"));
  await writeWords(join(shop.root, "words.jsonl"), 6);
  for (const name of ["shout", "whisper"]) {
    const scorers =
      "scorers: [{ type: exact-match }]\ngate: { minCases: 5, minScore: { score: 0.9, on: mean } }";
    await writeFile(
      join(shop.root, `evals/shop/${name}.yaml`),
      `prompt: ${name}\ndataset: ../../words.jsonl\n${scorers}\n`,
    );
  }
});

afterAll(async () => {
  await shop?.close();
});

type Breakage = "nothing" | "stdout full" | "stdout closed" | "stderr full" | "both full";

/** Runs the real CLI in its own process with one of its outputs broken; resolves to its exit code. */
async function evaluate(
  suite: string,
  breakage: Breakage,
  more: readonly string[] = [],
): Promise<number | null> {
  const redirect = {
    nothing: ">/dev/null 2>&1",
    "stdout full": ">/dev/full 2>/dev/null",
    "stdout closed": "2>/dev/null | true",
    "stderr full": ">/dev/null 2>/dev/full",
    "both full": ">/dev/full 2>/dev/full",
  }[breakage];
  const argv = [process.execPath, MAIN, "eval", join(shop.root, `evals/shop/${suite}.yaml`), ...more];
  const line = argv.map((word) => `'${word}'`).join(" ");
  const shell = spawn("bash", ["-c", `${line} ${redirect}; exit \${PIPESTATUS[0]}`], {
    env: { PATH: process.env.PATH, ASSAY_URL: shop.url, ASSAY_KEY: shop.key },
    stdio: "ignore",
  });
  const [code] = (await once(shell, "exit")) as [number | null];
  return code;
}

async function storedVerdict(suite: string): Promise<Run["verdict"]> {
  const { items } = await shop.client.listRuns({ suite });
  return items[0]?.verdict ?? null;
}

async function expectStoredVerdict(
  suite: string,
  outcome: "pass" | "fail",
  code: number | null,
): Promise<void> {
  expect((await storedVerdict(suite))?.outcome).toBe(outcome);
  expect(code).toBe(EXIT_CODE_OF[outcome]);
}

describe("the exit code is the stored verdict's", () => {
  it.each([
    ["nothing", []],
    ["stdout full", []],
    ["stdout closed", ["--json"]],
    ["stderr full", []],
    ["both full", ["--reporter", "junit"]],
    ["nothing", ["--reporter", "junit=/dev/full", "--reporter", "markdown=/nowhere/at/all.md"]],
  ] as const)("of a pass with %s broken (%j)", async (breakage, more) => {
    await expectStoredVerdict("shout", "pass", await evaluate("shout", breakage, more));
  });

  it.each([
    ["stdout closed", []],
    ["both full", ["--json"]],
  ] as const)("of a fail with %s broken (%j)", async (breakage, more) => {
    await expectStoredVerdict("whisper", "fail", await evaluate("whisper", breakage, more));
  });
});

it("is 1 where a result that is no verdict could not be written", async () => {
  const shell = spawn(
    "bash",
    ["-c", `'${process.execPath}' '${MAIN}' whoami --json >/dev/full 2>/dev/null`],
    {
      env: { PATH: process.env.PATH, ASSAY_URL: shop.url, ASSAY_KEY: shop.key },
      stdio: "ignore",
    },
  );
  expect((await once(shell, "exit"))[0]).toBe(1);
});

describe("reports that cannot be delivered", () => {
  const open = () => {
    const io = openMemoryIo();
    const cli: Cli = { io, out: createOutput(io, true), exitCode: 100, isDecided: true };
    return { io, cli };
  };

  it("are said on stderr, and the others are written all the same", async () => {
    const { io, cli } = open();
    const broken = { ...aFinishedSuite(PASSED_VERDICT), results: null as never };
    const good = join(shop.root, "report.json");
    await deliverReports(
      cli,
      [broken],
      [
        { name: "junit", file: join(shop.root, "report.xml") },
        { name: "json", file: good },
      ],
    );
    expect(io.written.stderr).toMatch(/the junit report could not be written: \S+/);
    expect(JSON.parse(await readFile(good, "utf8"))).toMatchObject({ schema: "assay.eval/1" });
    expect(cli.exitCode).toBe(100);
  });

  it("end nothing when even saying so fails", async () => {
    const { io } = open();
    const fail = () => {
      throw new Error("no space left");
    };
    const sinks = { stdout: { isTty: false, write: fail }, stderr: { isTty: false, write: fail } };
    const out = createOutput(sinks, true);
    const cli: Cli = { io, out, exitCode: 0, isDecided: true };
    await deliverReports(cli, [aFinishedSuite(PASSED_VERDICT)], []);
    expect((await out.lost())?.message).toBe("no space left");
  });
});
