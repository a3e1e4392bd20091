import { fork } from "node:child_process";
import { expect, test } from "vitest";
import { isAlive } from "./testing/generations.ts";
import { writeNanoFiles } from "./testing/nano-model.ts";

test("killing the parent leaves no child behind", async () => {
  const files = await writeNanoFiles({ contextTokens: 2_048 });
  const { modelSha256, modelPath } = files.base;
  const script = new URL("./testing/orphan-parent.ts", import.meta.url);
  const parent = fork(script, [modelSha256, modelPath], { execArgv: [], stdio: "ignore" });
  const childPid = await new Promise<number>((resolve) => {
    parent.once("message", (pid) => resolve(Number(pid)));
  });
  expect(isAlive(childPid)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(childPid), { timeout: 20_000 }).toBe(false);
  await files.remove();
});
