import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { faultsOf, fillLogin, openWeb, type Web } from "./kit/open-web.ts";

/** A few hundred cases on the starter model, on a machine that has other work. */
const RUN_MS = 300_000;
const PROMPT = "/t/airline/prompts/support-triage";
const EDITOR = { email: "editor@example.com", password: "four plain words in a row" };

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web?.[Symbol.asyncDispose]());

/** Opens the promotion of a version, measures it from there and waits for the verdict without a reload. */
async function measure(page: Page, version: number, headline: RegExp): Promise<void> {
  await page.goto(`${PROMPT}/promote?version=${version}`);
  await page.getByRole("button", { name: "Evaluate it now" }).click();
  await page.getByRole("progressbar").waitFor();
  await page.getByText("Holds", { exact: true }).waitFor({ timeout: RUN_MS });
  await page.getByRole("heading", { name: headline }).waitFor();
}

/** Calls the API as whoever is logged in on the page. */
async function post(page: Page, path: string, body: object): Promise<Record<string, unknown>> {
  const script = async ([address, json]: [string, string]) => {
    const headers = { "content-type": "application/json", "assay-tenant": "airline" };
    return await (await fetch(address, { method: "POST", headers, body: json })).json();
  };
  return (await page.evaluate(script, [path, JSON.stringify(body)] as [string, string])) as Record<
    string,
    unknown
  >;
}

async function openAsEditor(admin: Page): Promise<Page> {
  const { token } = await post(admin, "/api/member-invitations", { email: EDITOR.email, role: "editor" });
  const page = await web.openPage();
  await page.goto("/login");
  await post(page, `/api/invitations/${token}`, { name: "Edith", password: EDITOR.password });
  await page.goto("/login");
  if (new URL(page.url()).pathname === "/login") {
    await fillLogin(page, EDITOR);
    await page.waitForURL(/\/t\//);
  }
  return page;
}

test("a refusal says why and where to go on, a better version is promoted, and the way back is one click", {
  timeout: 3 * RUN_MS,
}, async () => {
  const page = await web.openPage({ isLoggedIn: true });
  await measure(page, 2, /does not pass/);
  const promote = page.getByRole("button", { name: /^Promote version/ });
  expect(await promote.isDisabled()).toBe(true);
  const reasons = page.getByRole("list", { name: "What the gate asks for, and what was found" });
  expect(await reasons.innerText()).toMatch(/The score is 0\.\d+, which is 0\.\d+ below the 0\.900/);
  expect(await reasons.getByRole("link", { name: "Edit the prompt" }).count()).toBeGreaterThan(0);

  await measure(page, 3, /It passes/);
  await promote.click();
  await page.getByText("production is now at version 3").first().waitFor();
  await page.getByText("Version 3 holds production already, and that is proven.").waitFor();

  await page.goto(`${PROMPT}/history`);
  await page.getByRole("button", { name: "Back to v1" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
  await page.getByText("production is back at version 1").first().waitFor();
  await page.getByRole("button", { name: "Back to v3" }).waitFor();

  await page.goto("/t/airline");
  await page.getByRole("link", { name: /production v1 Rolled back/ }).waitFor();
  expect(faultsOf(page)).toEqual([]);

  const editor = await openAsEditor(page);
  await editor.goto(`${PROMPT}/promote?version=3`);
  await editor.getByRole("button", { name: "Propose this change" }).click();
  expect(await editor.getByRole("button", { name: /^Promote version/ }).count()).toBe(0);
  await editor.getByLabel("Why").fill("It answers in the form that the desk reads.");
  await editor.getByRole("dialog").getByRole("button", { name: "Propose" }).click();
  await editor.waitForURL(/\/changes\/crq_/);
  expect(await editor.getByRole("button", { name: "Approve" }).count()).toBe(0);

  await page.goto("/t/airline");
  await page.getByRole("link", { name: "Look at it" }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await page.getByRole("link", { name: "To the promotion" }).waitFor();
  expect(faultsOf(editor)).toEqual([]);
});
