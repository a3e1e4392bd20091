import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const BIN = fileURLToPath(new URL("../bin/assay.js", import.meta.url));

it("hands over to the project's own Node where the one that started it cannot run TypeScript", () => {
  const old = spawnSync(process.execPath, ["--no-strip-types", BIN, "--version"], { encoding: "utf8" });
  expect(old).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});

it("ends with the exit code of the command", () => {
  const wrong = spawnSync(process.execPath, ["--no-strip-types", BIN, "bogus"], { encoding: "utf8" });
  expect(wrong.status).toBe(2);
  expect(spawnSync(process.execPath, [BIN, "bogus"]).status).toBe(2);
});
