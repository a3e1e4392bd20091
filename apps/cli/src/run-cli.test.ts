import { describe, expect, it } from "vitest";
import { COMMANDS, loadCommands } from "./commands/index.ts";
import { createProgram } from "./create-program.ts";
import { createOutput } from "./output.ts";
import { runCli } from "./run-cli.ts";
import { openMemoryIo } from "./testing/memory-io.ts";

async function run(line: string, variables: Record<string, string> = {}) {
  const io = openMemoryIo({ variables });
  return { code: await runCli(line.split(" ").filter(Boolean), io), ...io.written };
}

describe("wrong usage ends with 2 and says what is wrong", () => {
  it.each([
    ["bogus", "unknown command"],
    ["models", "Usage: assay models"],
    ["eval", "missing required argument"],
    ["eval a.yaml --reporter xml", "Allowed choices"],
    ["eval a.yaml --version 0", "whole number"],
    ["eval a.yaml --version 1 --label x", "cannot be used with"],
    ["eval a.yaml --out r.xml", "--out needs a --reporter"],
    ["promote p production", "--to"],
    ["promote p production --to newest", "--to is a version's number"],
    ["promote p production --to 1 --override", "--override needs"],
    ["promote p production --to 1 --reason because", "belong to --override"],
    ["promote p production --to 1 --override --reason because --expires soon", "is not a time"],
    ["rollback p production", "--reason"],
    ["whoami", "No key"],
    ["whoami --local", "--local needs --tenant"],
    ["whoami --local --tenant a --url http://x", "--local runs the application"],
    ["whoami --data d", "--data needs --local"],
    ["tenants remove airline", "--yes"],
    ["keys create ci --scopes write", "The scopes are"],
    ["connections add c --kind openai-compatible", "needs --base-url"],
    ["models add hf:nonsense", "hf:<owner>/<repo>/<file>.gguf"],
  ])("assay %s", async (line, words) => {
    const key = line.startsWith("whoami") || line.startsWith("models add") ? {} : { ASSAY_KEY: "ask_x_y" };
    const { code, stderr } = await run(line, key);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});

describe("what could not run ends with 1", () => {
  it("an unreachable server, with what to do about it", async () => {
    const { code, stderr } = await run("whoami --url http://127.0.0.1:9", { ASSAY_KEY: "ask_x_y" });
    expect(stderr).toContain("npm start");
    expect(code).toBe(1);
  });

  it("a file that is not there", async () => {
    const { code, stderr } = await run("eval none.yaml", { ASSAY_KEY: "ask_x_y" });
    expect(stderr).toContain("none.yaml cannot be read");
    expect(code).toBe(1);
  });
});

it("says errors to machines in a versioned schema on stdout", async () => {
  const { code, stdout } = await run("whoami --json");
  expect(JSON.parse(stdout)).toMatchObject({ schema: "assay.error/1", code: "wrong_usage" });
  expect(code).toBe(2);
});

it("shows help and version and ends with 0", async () => {
  expect(await run("--version")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  const { code, stdout } = await run("eval --help");
  expect(stdout).toContain("Examples:");
  expect(code).toBe(0);
});

it("has a help text for every command", async () => {
  const io = openMemoryIo();
  const program = createProgram(await loadCommands(undefined), {
    io,
    out: createOutput(io, true),
    exitCode: 0,
    isDecided: false,
  });
  const pending = [...program.commands];
  for (let command = pending.pop(); command !== undefined; command = pending.pop()) {
    expect(command.description(), command.name()).not.toBe("");
    pending.push(...command.commands);
  }
});

it("loads each command by the name it has", async () => {
  const io = openMemoryIo();
  const cli = { io, out: createOutput(io, true), exitCode: 0, isDecided: false } as const;
  for (const { name } of COMMANDS) {
    const builders = await loadCommands(name);
    expect(builders.map((build) => build(cli).name())).toEqual([name]);
  }
});

it("lets a flag win over the environment", async () => {
  const { stderr } = await run("whoami --url http://127.0.0.1:9", {
    ASSAY_KEY: "k",
    ASSAY_URL: "http://127.0.0.1:7",
  });
  expect(stderr).toContain("http://127.0.0.1:9");
});
