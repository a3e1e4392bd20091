import { createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LoggedIn, logIn } from "../kit/log-in.ts";
import { faultsOf, fillLogin, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

const PROMPT = "/t/airline/prompts/support-triage";
/** Longer than what the page knows of the session is taken as current. */
const AWAY_MS = 61_000;

let web: Web;
/** The same person in another browser. */
let elsewhere: LoggedIn;

beforeAll(async () => {
  web = await openWeb();
  elsewhere = await logIn({ origin: web.server.url, fetch }, web.server.login);
});
afterAll(() => web?.[Symbol.asyncDispose]());

const dialog = (page: Page) => page.getByRole("dialog", { name: "Your session has ended" });

async function openEditor(): Promise<Page> {
  const page = await web.openPage();
  await page.clock.install();
  await page.goto(`/login?next=${encodeURIComponent(PROMPT)}`);
  await fillLogin(page, web.server.login);
  await page.waitForURL(/support-triage/);
  await settle(page);
  await page.getByRole("textbox", { name: /^Text of message 1/ }).click();
  await page.locator(".cm-focused").waitFor();
  await page.keyboard.press("Control+End");
  return page;
}

async function endSessions(): Promise<void> {
  const person = createClient({ baseUrl: web.server.url, fetch: elsewhere.fetch() });
  await person.revokeOtherSessions({});
}

async function logInAgain(page: Page): Promise<void> {
  await dialog(page).waitFor();
  await fillLogin(page, web.server.login);
  await dialog(page).waitFor({ state: "detached" });
}

async function keptOnServer(): Promise<string> {
  const member = createClient({ baseUrl: web.server.url, fetch: elsewhere.fetch("airline") });
  return (await member.getPromptDraft({ prompt: "support-triage" })).draft?.body ?? "";
}

describe("a session that ends in the middle of work", { timeout: 180_000 }, () => {
  test("costs not a word of what was written before and after, and none of what stands in a dialog", async () => {
    const page = await openEditor();
    await page.keyboard.type(" Before.");
    await page.locator("[data-draft-state=saved]").waitFor();
    await endSessions();
    // At once: the first that the page hears of the end would take the rest of it into the dialog.
    await page.keyboard.insertText(" After.");
    await dialog(page).waitFor();
    expect(await page.locator(".cm-content").first().innerText()).toContain("Before. After.");
    expect(await keptOnServer()).not.toContain("After.");
    await logInAgain(page);
    await page.locator("[data-draft-state=saved]").waitFor();
    expect(await page.locator(".cm-content").first().innerText()).toContain("Before. After.");
    expect(await keptOnServer()).toContain("Before. After.");

    await page.getByRole("button", { name: "Save as version" }).click();
    const note = page.getByLabel("What did you change, and why?");
    await note.fill("Two more words.");
    await endSessions();
    await page.getByRole("button", { name: "Save version" }).click();
    await logInAgain(page);
    expect(await note.inputValue()).toBe("Two more words.");
    await page.getByRole("button", { name: "Save version" }).click();
    await page.getByText(/Version 4 is saved/).waitFor();
    expect(faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  test("leaves the page as it is for somebody who was away", async () => {
    const page = await openEditor();
    await page.keyboard.type(" Late.");
    await page.locator("[data-draft-state=saved]").waitFor();
    await endSessions();
    await page.clock.fastForward(AWAY_MS);
    await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    await logInAgain(page);
    expect(await page.locator(".cm-content").first().innerText()).toContain("Late.");
    expect(faultsOf(page)).toEqual([]);
    await page.context().close();
  });
});
