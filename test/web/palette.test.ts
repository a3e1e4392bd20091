import { createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

/** One more than a page of the API holds. */
const PROMPTS = 201;
const LAST = "zz-201";

let web: Web;
let page: Page;

beforeAll(async () => {
  web = await openWeb();
  const airline = createClient({ baseUrl: web.server.url, key: web.server.keys.airline ?? "" });
  for (let n = 1; n <= PROMPTS; n += 1) {
    await airline.createPrompt({ slug: `zz-${String(n).padStart(3, "0")}` });
  }
  await airline.createPrompt({ slug: "greeting" });
  for (const content of ["Hello.", "Good day."]) {
    const messages = [{ role: "system" as const, content }, { placeholder: "history" as const }];
    const { version } = await airline.addPromptVersion({
      prompt: "greeting",
      content: { messages, model: "starter" },
    });
    await airline.moveLabel({ prompt: "greeting", label: "production", version: version?.version ?? 0 });
  }
  page = await web.openPage({ isLoggedIn: true });
}, 180_000);
afterAll(() => web?.[Symbol.asyncDispose]());

async function type(text: string): Promise<void> {
  await page.goto("/t/airline");
  await settle(page);
  await page.keyboard.press("Control+K");
  await page.getByRole("combobox").fill(text);
}

const choose = (name: string) => page.getByRole("option", { name, exact: true }).click();

describe("the palette", { timeout: 120_000 }, () => {
  test("leads to what can be done with the prompt that is typed", async () => {
    await type("promote greeting");
    await choose("Promote greeting…");
    await page.waitForURL(/\/prompts\/greeting\/promote$/);
    await type("try greet");
    await choose("Try greeting");
    await page.waitForURL(/\/playground\?prompt=greeting/);
    expect(faultsOf(page)).toEqual([]);
  });

  test("asks before it rolls a prompt back, and says when there is nothing to go back to", async () => {
    await type("roll back greeting");
    await choose("Roll greeting back…");
    const dialog = page.getByRole("dialog", { name: "Roll production back to version 1" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.waitForURL(/\/prompts\/greeting\/history$/);
    await type("greeting back");
    await choose("Roll greeting back…");
    await dialog.getByRole("button", { name: "Roll back", exact: true }).click();
    await page.getByText("production is back at version 1").first().waitFor();
    await page.goto("/t/airline/prompts/greeting/history?rollback=true");
    await page.getByText("There is no earlier version").waitFor();
    expect(faultsOf(page)).toEqual([]);
  });

  test("and selects offer more prompts than a page of them holds", async () => {
    await type(LAST);
    await page.getByRole("option", { name: LAST, exact: true }).waitFor();
    await page.goto("/t/airline/playground");
    // The page chooses one by itself; what somebody chooses comes after that.
    await page.waitForURL(/prompt=/);
    const field = page.getByRole("combobox", { name: "Prompt", exact: true });
    await field.selectOption(LAST);
    await expect.poll(() => field.inputValue()).toBe(LAST);
    expect(faultsOf(page)).toEqual([]);
  });
});
