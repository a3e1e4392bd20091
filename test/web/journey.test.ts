import { type Client, createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAsMember } from "./kit/open-as-member.ts";
import { faultsOf, fillLogin, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

/** Twice a few hundred cases on the starter model, on a machine that has other work. */
const RUN_MS = 600_000;
const PROMPT = "/t/airline/prompts/support-triage";
/** Friendly, but it does not ask for the urgency. */
const WORSE = "You are the kind support desk of Meridian Air. Answer in JSON with the intent.";
const BETTER =
  "You are the friendly support desk of Meridian Air. Answer in JSON with the intent and the urgency.";

let web: Web;
let page: Page;
let airline: Client;
let runId = "";

beforeAll(async () => {
  web = await openWeb();
  airline = createClient({ baseUrl: web.server.url, key: web.server.keys.airline });
  page = await web.openPage();
});
afterAll(() => web?.[Symbol.asyncDispose]());

/** Writes the instructions anew and saves them as a version. */
async function writeVersion(text: string, note: string): Promise<void> {
  await page.getByRole("textbox", { name: /^Text of message 1/ }).click();
  await page.locator(".cm-focused").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
  await page.getByRole("button", { name: "Save as version" }).click();
  await page.getByLabel("What did you change, and why?").fill(note);
  await page.getByRole("button", { name: "Save version" }).click();
}

const reasons = () => page.getByRole("list", { name: /^What the gate asks for/ });
const promoteButton = (on: Page) => on.getByRole("button", { name: /^Promote version/ });
const production = async () =>
  (await airline.listLabels({ prompt: "support-triage" })).items.map(({ name, version }) => [name, version]);

describe("a prompt editor", { timeout: 2 * RUN_MS }, () => {
  test("logs in and sees what is in production", async () => {
    await page.goto("/");
    await page.waitForURL(/\/login/);
    await fillLogin(page, web.server.login);
    await page.getByRole("link", { name: /production v1/ }).waitFor();
    await page.getByRole("link", { name: "support-triage", exact: true }).first().click();
    await page.waitForURL(/\/prompts\/support-triage/);
  });

  test("changes the prompt, starts its evaluation, and tries it beside the current one meanwhile", async () => {
    await settle(page);
    await writeVersion(WORSE, "Kinder.");
    await page.getByText(/Version 4 is saved/).waitFor();
    await page.getByRole("link", { name: "Evaluate it" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("400 cases, 400 answers").waitFor();
    await dialog.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForURL(/\/evaluations\/run_/);
    runId = /run_\w+/.exec(page.url())?.[0] ?? "";

    await page.goto("/t/airline/playground?prompt=support-triage&columns=production,4");
    await settle(page);
    await page.getByLabel("1. User").fill("My suitcase did not come out on the belt, and I fly on tonight.");
    await page.getByRole("button", { name: "Run all 2" }).click();
    const answers = page.getByTestId("answer");
    await expect.poll(() => answers.count(), { timeout: RUN_MS }).toBe(2);
    await expect
      .poll(() => page.getByRole("status").filter({ hasText: "Answered" }).count(), { timeout: RUN_MS })
      .toBe(2);
    expect(await answers.nth(1).innerText()).toMatch(/^\{"intent"/);
  });

  test("reads why the gate refuses, from the evaluation and from the promotion", async () => {
    await page.goto(`/t/airline/evaluations/${runId}`);
    await page.getByRole("heading", { name: /It does not pass/ }).waitFor({ timeout: RUN_MS });
    await page.goto(`${PROMPT}/promote?version=4`);
    await page.getByRole("heading", { name: /It does not pass/ }).waitFor();
    expect(await promoteButton(page).isDisabled()).toBe(true);
    expect(await reasons().innerText()).toMatch(
      /The score is 0\.\d+, which is 0\.\d+ below the 0\.900 that is asked for/,
    );
    // The page is not what holds the label: the server says the same to whoever asks it directly.
    await expect(
      airline.moveLabel({ prompt: "support-triage", label: "production", version: 4 }),
    ).rejects.toMatchObject({ code: "gate_refused" });
    expect(await production()).toEqual([["production", 1]]);
  });

  test("mends the prompt from there, and promotes what passes", async () => {
    await reasons().getByRole("link", { name: "Edit the prompt" }).first().click();
    await page.waitForURL(/\/prompts\/support-triage(\?.*)?$/);
    await settle(page);
    await writeVersion(BETTER, "Asks for the urgency again.");
    await page.getByRole("status").getByRole("link", { name: "Promote" }).click();
    await page.getByRole("button", { name: "Evaluate it now" }).click();
    await page.getByRole("progressbar").waitFor();
    // No reload: the page hears of the verdict.
    await page.getByRole("heading", { name: /It passes/ }).waitFor({ timeout: RUN_MS });
    await promoteButton(page).click();
    await page.getByText("Version 5 holds production already, and that is proven.").waitFor();
    expect(await production()).toEqual([["production", 5]]);
    await page.goto("/t/airline");
    await page.getByRole("link", { name: /production v5 Proven/ }).waitFor();
  });

  test("takes it back with one click", async () => {
    await page.goto(`${PROMPT}/history`);
    await page.getByRole("button", { name: "Back to v1" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("People ask for the old answers.");
    await dialog.getByRole("button", { name: "Roll back" }).click();
    await page.getByText("production is back at version 1").first().waitFor();
    expect(await production()).toEqual([["production", 1]]);
    await page.getByRole("button", { name: "Back to v5" }).waitFor();
    await page.goto(`${PROMPT}?tab=versions`);
    await page.getByRole("button", { name: "Back to v5" }).waitFor();
    const served = page
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading", { name: "Version 1" }) });
    await served.getByRole("button", { name: "Restore into draft" }).waitFor();
    expect(await served.getByRole("link", { name: "Promote" }).count()).toBe(0);
    expect(await served.getByRole("button", { name: /Back to/ }).count()).toBe(0);
    await page.goto("/t/airline");
    await page.getByRole("link", { name: /production v1 After a rollback/ }).waitFor();
    expect(faultsOf(page)).toEqual([]);
  });
});

test("somebody of the second tenant sees nothing of it", async () => {
  const { page: theirs, session } = await openAsMember(web, { tenant: "bank", role: "admin" });
  await theirs.goto("/t/bank");
  await theirs.getByRole("link", { name: /production v1/ }).waitFor();
  await theirs.goto("/t/bank/evaluations");
  await settle(theirs);
  expect(await theirs.getByRole("main").innerText()).not.toContain("v4");
  await theirs.goto("/t/bank/prompts/support-triage?tab=versions");
  await settle(theirs);
  await theirs.getByText("Version 3").first().waitFor();
  expect(await theirs.getByText("Kinder.").count()).toBe(0);

  // By the address of the airline one comes to one's own tenant, as by that of a tenant that does not exist.
  for (const path of [PROMPT, `/t/airline/evaluations/${runId}`, "/t/nobody-here"]) {
    await theirs.goto(path);
    await theirs.waitForURL(/\/t\/bank$/);
  }
  await theirs.goto(`/t/bank/evaluations/${runId}`);
  await theirs.getByRole("alert").waitFor();
  expect(await theirs.getByRole("main").innerText()).not.toContain("Kinder");
  const answerOf = async (path: string, tenant: string) => {
    const response = await session.fetch(tenant)(path);
    const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>;
    return [response.status, problem];
  };
  expect(await answerOf(`/api/runs/${runId}`, "bank")).toEqual(
    await answerOf(`/api/runs/run_${"0".repeat(32)}`, "bank"),
  );
  expect(await answerOf(`/api/runs/${runId}`, "airline")).toEqual(
    await answerOf(`/api/runs/${runId}`, "nobody-here"),
  );
  expect(faultsOf(theirs)).toEqual([]);
});

test("an editor finds no button to promote with, and the API refuses what their cookie asks for", async () => {
  const { page: theirs, session } = await openAsMember(web, { tenant: "airline", role: "editor" });
  await theirs.goto(`${PROMPT}/promote?version=5`);
  await theirs
    .getByText("You are an editor; promoters and admins may promote. Propose the change to them.")
    .waitFor();
  expect(await promoteButton(theirs).count()).toBe(0);
  await theirs.goto(`${PROMPT}/history`);
  await theirs.getByRole("row").nth(1).waitFor();
  expect(await theirs.getByRole("button", { name: /^Back to v/ }).count()).toBe(0);

  const editor = createClient({ baseUrl: web.server.url, fetch: session.fetch("airline") });
  const move = { prompt: "support-triage", label: "production", version: 5 };
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const override = { reason: "It is surely good enough.", expiresAt };
  for (const attempt of [
    () => editor.moveLabel(move),
    () => editor.moveLabel({ ...move, override }),
    () => editor.rollbackLabel({ ...move, reason: "It was better." }),
    () => editor.removeGate({ prompt: "support-triage", label: "production" }),
    () => editor.setGate({ prompt: "support-triage", label: "production", suite: "support-triage" }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ status: 403 });
  }
  expect(await production()).toEqual([["production", 1]]);

  // What an editor can do instead: ask those who may.
  await theirs.goto(`${PROMPT}/promote?version=5`);
  await theirs.getByRole("button", { name: "Propose this change" }).click();
  await theirs.getByLabel("Why").fill("It answers in the form that the desk reads.");
  await theirs.getByRole("dialog").getByRole("button", { name: "Propose" }).click();
  await theirs.waitForURL(/\/changes\/crq_/);
  expect(await theirs.getByRole("button", { name: "Approve" }).count()).toBe(0);
  await page.goto("/t/airline");
  await page.getByRole("link", { name: "Look at it" }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await page.getByRole("link", { name: "To the promotion" }).waitFor();
  expect([page, theirs].flatMap(faultsOf)).toEqual([]);
});
