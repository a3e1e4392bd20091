import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../kit/run-command.ts";
import { ROOT, type StartedServer, startServer } from "../kit/start-server.ts";

const README = readFileSync(join(ROOT, "README.md"), "utf8");

const PICTURE_BYTES_MAX = 80_000;

interface Step {
  command: string;
  output: string[];
}

/** The transcript between the loop markers: commands behind `$ `, each with the lines it prints. */
function loopSteps(): Step[] {
  const block = /<!-- loop -->\n```console\n([\s\S]*?)```/.exec(README)?.[1] ?? "";
  const steps: Step[] = [];
  for (const line of block.trimEnd().split("\n")) {
    if (line.startsWith("$ ")) steps.push({ command: line.slice(2), output: [] });
    else steps.at(-1)?.output.push(line);
  }
  return steps;
}

/** Numbers, ids and the width of columns differ from run to run; words, marks and the order of lines do not. */
function normal(line: string): string {
  return line
    .replaceAll(/run_[0-9a-f]{32}/g, "run_#")
    .replaceAll(/\d+(?:\.\d+)?/g, "#")
    .replaceAll(/\s+/g, " ")
    .trim();
}

describe("the README's loop, line by line", () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  const [first, ...steps] = loopSteps();

  test("begins by naming the server and the airline's key", () => {
    expect(first?.command).toBe(
      "export ASSAY_URL=http://127.0.0.1:4000 ASSAY_KEY=<the airline's key> BANK_KEY=<the bank's key>",
    );
    expect(steps.length).toBeGreaterThan(5);
  });

  test.each(steps.map((step, n) => [n + 1, step] as const))(
    "step %i prints what the README shows",
    { timeout: 300_000 },
    async (_, step) => {
      const { stdout } = await runCommand("bash", ["-c", `exec 2>&1; ${step.command}`], {
        ASSAY_URL: server.url,
        ASSAY_KEY: server.keys.airline ?? "",
        BANK_KEY: server.keys.bank ?? "",
        // Else npm may say among the lines that there is a newer one of itself.
        npm_config_update_notifier: "false",
      });
      const printed = stdout
        .split("\n")
        .map(normal)
        .filter((line) => line !== "" && !line.startsWith("npm warn"));
      const shown = step.output.map(normal).filter((line) => line !== "" && line !== "…");
      expect(
        shown.filter((line) => !printed.includes(line)),
        stdout,
      ).toEqual([]);
      // "…" stands for lines left out; without one the README shows everything.
      if (!step.output.some((line) => line.trim() === "…")) expect(printed).toEqual(shown);
    },
  );
});

const DOCUMENTS = execFileSync("git", ["ls-files", "*.md"], { cwd: ROOT, encoding: "utf8" })
  .trim()
  .split("\n");

test.each(DOCUMENTS)("every file that %s links to exists", (document) => {
  const text = readFileSync(join(ROOT, document), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = ""]) => link);
  expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([]);
});

test("the README's pictures are the ones that are kept, small, and said in words", () => {
  const pictures = [...README.matchAll(/!\[([^\]]*)\]\((docs\/images\/[^)]+)\)/g)];
  const kept = readdirSync(join(ROOT, "docs/images")).map((name) => `docs/images/${name}`);
  expect(pictures.map(([, , path]) => path).toSorted()).toEqual(kept.toSorted());
  for (const [, words, path = ""] of pictures) {
    expect(words?.length, path).toBeGreaterThan(20);
    expect(statSync(join(ROOT, path)).size, path).toBeLessThanOrEqual(PICTURE_BYTES_MAX);
  }
});

test("every CLI command that a document names exists with its options", { timeout: 300_000 }, async () => {
  const named = DOCUMENTS.flatMap((document) => [
    ...readFileSync(join(ROOT, document), "utf8").matchAll(
      /\bnpx assay ([a-z][a-z-]*(?: [a-z][a-z-]*)?)([^\n`]*)/g,
    ),
  ]);
  expect(named.length).toBeGreaterThan(5);
  for (const [text, words = "", rest = ""] of named) {
    const [command = "", sub = ""] = words.split(" ");
    const group = await runCommand(process.execPath, ["apps/cli/bin/assay.js", command, "--help"]);
    expect(group.code, text).toBe(0);
    const help = group.stdout.includes(`\n  ${sub} `)
      ? (await runCommand(process.execPath, ["apps/cli/bin/assay.js", command, sub, "--help"])).stdout
      : group.stdout;
    for (const [option] of rest.split(";")[0]?.matchAll(/--[a-z-]+/g) ?? [])
      expect(help, `${option} of ${text}`).toContain(option);
  }
});
