import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

const PROMPT = "/t/airline/prompts/support-triage";
let web: Web;
let page: Page;

beforeAll(async () => {
  web = await openWeb();
  page = await web.openPage({ isLoggedIn: true });
}, 180_000);
afterAll(() => web?.[Symbol.asyncDispose]());

const text = (on: Page) => on.getByRole("textbox", { name: /^Text of message 1/ });
/** What the first message says, in the plain field as in the editor that takes its place. */
const written = (on: Page) =>
  text(on).evaluate((field) => ("value" in field ? String(field.value) : (field.textContent ?? "")));
const draftState = (on: Page, state: string) => on.locator(`[data-draft-state=${state}]`).waitFor();

async function open(on: Page, path = PROMPT): Promise<void> {
  await on.goto(web.server.url + path);
  await settle(on);
}

async function typeAtEnd(on: Page, words: string): Promise<void> {
  await text(on).click();
  await on.keyboard.press("Control+End");
  await on.keyboard.type(words);
}

describe("writing a prompt", { timeout: 120_000 }, () => {
  test("what was typed while the server was away is there after a crash, and gets to the server", async () => {
    await open(page);
    await page.context().setOffline(true);
    await typeAtEnd(page, " Be brief.");
    await draftState(page, "browserOnly");
    // Closed without a word of farewell, as a crash would.
    const next = await web.openBeside(page);
    await page.close();
    page = next;
    await page.context().setOffline(false);
    await open(page);
    await expect.poll(() => written(page)).toContain("Be brief.");
    await draftState(page, "saved");

    // The server has it now: another browser of the same person opens with it.
    const elsewhere = await web.openPage({ isLoggedIn: true });
    await open(elsewhere);
    await expect.poll(() => written(elsewhere)).toContain("Be brief.");
    await elsewhere.close();
  });

  test("an error is shown at its line, and a variable that is used is declared with one click", async () => {
    // The editor comes with the first turn to it and goes on where the plain field was.
    await text(page).click();
    await page.locator(".cm-focused").waitFor();
    await typeAtEnd(page, " {{ city | nope }}");
    await page
      .getByText(/undefined filter: nope/)
      .first()
      .waitFor();
    for (let n = 0; n < "| nope }}".length; n += 1) await page.keyboard.press("Backspace");
    await page.keyboard.type("}}");
    await page.getByRole("button", { name: "Declare city" }).click();
    await page.getByLabel("city", { exact: true }).fill("Gdańsk");
    await page.getByText(/Be brief\. Gdańsk/).waitFor();
    // The parser takes it for text; whoever wrote it did not mean that.
    await typeAtEnd(page, " }}");
    await page
      .getByText(/“}}” closes nothing/)
      .first()
      .waitFor();
    for (let n = 0; n < 3; n += 1) await page.keyboard.press("Backspace");
    await page.getByText(/“}}” closes nothing/).waitFor({ state: "detached" });
  });

  test("messages change places by keyboard alone, and keep the focus", async () => {
    await page.getByRole("button", { name: "Move message 1 down" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Moved to place 2 of 2.").waitFor();
    await expect.poll(() => page.evaluate("document.activeElement.tagName")).toMatch(/BUTTON|LI/);
    await page.getByRole("button", { name: "Move message 2 up" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Moved to place 1 of 2.").waitFor();
  });

  test("saving makes a version with its message, which stands in the timeline beside what it changed", async () => {
    await page.getByRole("button", { name: "Save as version" }).click();
    await page.getByLabel("What did you change, and why?").fill("Shorter <b>answers</b>");
    await page.getByRole("button", { name: "Save version" }).click();
    await page.getByText(/Version 4 is saved\. Next/).waitFor();
    await draftState(page, "untouched");
    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByText("Shorter <b>answers</b>").waitFor();
    await page.getByRole("button", { name: "Compare with version 3" }).click();
    await page.getByRole("heading", { name: "Version 3 beside version 4" }).waitFor();
    expect(page.url()).toContain("from=3&to=4");
    await page.getByRole("heading", { name: "Variables" }).waitFor();
  });

  test("an old version comes back as a draft, and what was written meanwhile is offered", async () => {
    await open(page);
    await text(page).click();
    await page.locator(".cm-focused").waitFor();
    await typeAtEnd(page, " Unsaved words.");
    await draftState(page, "saved");
    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByRole("button", { name: "Restore into draft" }).last().click();
    await page.getByRole("button", { name: "Take that text" }).click();
    await expect.poll(() => written(page)).toContain("Unsaved words.");
    await page.getByRole("button", { name: "Discard draft" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard draft" }).click();
    await draftState(page, "untouched");
    await expect.poll(() => written(page)).not.toContain("Unsaved words.");
  });

  test("nothing of this broke a rule of the page", () => {
    expect(faultsOf(page)).toEqual([]);
  });
});
