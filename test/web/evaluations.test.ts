import { createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { quietPort } from "../kit/quiet-port.ts";
import { type StartedServer, startServer } from "../kit/start-server.ts";
import { findViolations } from "./kit/check-accessibility.ts";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

/** A few hundred cases on the starter model, on a machine that has other work. */
const RUN_MS = 600_000;

let web: Web;
let restarted: StartedServer | undefined;
let page: Page;

beforeAll(async () => {
  web = await openWeb({ PORT: String(await quietPort()) });
  page = await web.openPage({ isLoggedIn: true });
});
afterAll(async () => {
  await restarted?.kill("SIGTERM");
  await web?.[Symbol.asyncDispose]();
});

/** The server dies in the middle of work and comes back under the same address. */
async function crashAndRestart(): Promise<void> {
  await web.server.kill("SIGKILL");
  const { port } = new URL(web.server.url);
  restarted = await startServer({ dataDir: web.server.dataDir, environment: { PORT: port } });
}

test("an evaluation is started with its cost said before, lives through a crash of the server, and its verdict is read from the page", {
  timeout: 2 * RUN_MS,
}, async () => {
  await page.goto("/t/airline/evaluations");
  await page.getByRole("button", { name: "Start an evaluation" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Version of support-triage").selectOption("1");
  await dialog.getByText("400 cases, 400 answers").waitFor();
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await page.waitForURL(/\/evaluations\/run_/);

  const progress = page.getByRole("progressbar").first();
  await expect
    .poll(async () => Number(await progress.getAttribute("aria-valuenow")), { timeout: RUN_MS })
    .toBeGreaterThan(0);
  await crashAndRestart();

  // No reload: the page finds the server again by itself.
  const verdict = page.getByRole("heading", { name: /does not pass: 1 requirement is not met/ });
  await verdict.waitFor({ timeout: RUN_MS });
  await page
    .getByText(/^The score is 0\.\d{3}, which is 0\.\d{3} below the 0\.900 that is asked for\.$/)
    .waitFor();
  await page.getByText("400 cases were scored; 200 are asked for.").waitFor();
  expect(await findViolations(page)).toEqual([]);
});

test("the cases that did not pass are walked through with J and K, and the address says which one is open", async () => {
  await page.getByRole("link", { name: "Show the answers that did not pass" }).click();
  const opener = page.getByRole("table", { name: "Cases" }).getByRole("button").first();
  await opener.click();
  const dialog = page.getByRole("dialog");
  const opened = () => new URL(page.url()).searchParams.get("case");
  /** A key goes on from the case that is shown, which the address may be ahead of. */
  const isShown = async () => {
    await page.getByRole("dialog", { name: `Case ${opened()}`, exact: true }).waitFor();
    await dialog.getByRole("heading", { name: "What was asked" }).waitFor();
  };
  await isShown();
  const first = opened();
  await page.keyboard.press("j");
  await expect.poll(opened).not.toBe(first);
  await isShown();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("k");
  await expect.poll(opened).toBe(first);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await opener.and(page.locator(":focus")).waitFor();
});

test("two evaluations are compared from the list, what got worse first", { timeout: RUN_MS }, async () => {
  const client = createClient({ baseUrl: web.server.url, key: web.server.keys.airline });
  const part = await client.startRun({
    suite: "support-triage",
    version: 2,
    selection: { sample: { cases: 5, seed: 1 } },
  });
  await page.goto("/t/airline/evaluations");
  const chosen = page.getByRole("checkbox", { name: /support-triage v\d/ });
  await expect
    .poll(async () => (await client.getRun({ runId: part.id })).status, { timeout: RUN_MS })
    .toBe("completed");
  await expect.poll(() => chosen.nth(0).isEnabled()).toBe(true);
  await chosen.nth(1).check();
  await chosen.nth(0).check();
  await page.getByRole("button", { name: "Compare (2)" }).click();
  await page.getByRole("heading", { name: "Case by case" }).waitFor();
  await settle(page);
  await page.locator("summary").getByText("Got worse").first().waitFor();
  expect(await findViolations(page)).toEqual([]);
  const base = page.getByRole("row").filter({ hasText: "Base: the others are held against it" });
  const before = await base.innerText();
  await page.getByRole("button", { name: /^Make it the base/ }).click();
  await expect.poll(async () => (await base.innerText()) === before).toBe(false);
  expect(await base.count()).toBe(1);
});

test("a suite that is being edited is kept when the page goes away, and saved as its next version", async () => {
  await page.goto("/t/airline/suites/support-triage?tab=edit");
  const name = page.getByRole("group", { name: "exact" }).getByLabel("Passes from");
  await name.fill("0,5");
  await page.reload();
  await page.getByText("Changed, not saved.").waitFor();
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await page.getByText("Passes from 0.500.").waitFor();
  await page.getByRole("tab", { name: "Versions" }).click();
  await page.getByText("threshold: 0.5").waitFor();
  expect(faultsOf(page)).toEqual([]);
});
