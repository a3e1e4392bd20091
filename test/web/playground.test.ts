import { type Client, createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findViolations } from "./kit/check-accessibility.ts";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";
import { type Provider, startProvider } from "./kit/start-provider.ts";

const HOSTILE = [
  "<img src=x onerror=\"window.hit = 'img'\"><script>window.hit = 'script'</script>",
  "[click me](javascript:window.hit='link') ![](https://evil.test/pixel.png)",
  "safe \u202egnp.exe\u202c end",
  `z\u0300\u0301\u0302${"\u0303".repeat(400)}algo`,
  "\u0000 nothing \u001b[31m",
].join("\n");
const LONG_LINE = "x".repeat(1_000_000);

let provider: Provider;
let web: Web;
let page: Page;
let airline: Client;

beforeAll(async () => {
  provider = await startProvider(
    (question) => ({ long: LONG_LINE, plain: "Hello, <b>Ann</b>!" })[question] ?? HOSTILE,
  );
  web = await openWeb({ ASSAY_ALLOWED_HOSTS: provider.host });
  airline = createClient({ baseUrl: web.server.url, key: web.server.keys.airline ?? "" });
  await airline.createConnection({ slug: "scripted", kind: "openai-compatible", baseUrl: provider.baseUrl });
  await airline.createHostedModel({ slug: "scripted", connection: "scripted", providerModel: "m" });
  await airline.createPrompt({ slug: "echo" });
  const messages = [
    { role: "system" as const, content: "Answer {{ name }}." },
    { placeholder: "history" as const },
  ];
  const variables = { type: "object", properties: { name: { type: "string" } }, required: ["name"] };
  await airline.addPromptVersion({ prompt: "echo", content: { messages, variables, model: "scripted" } });
  page = await web.openPage({ isLoggedIn: true });
}, 180_000);
afterAll(async () => {
  await web?.[Symbol.asyncDispose]();
  await provider?.[Symbol.asyncDispose]();
});

const answers = (on: Page) => on.getByTestId("answer");
const status = (on: Page, text: string) => on.getByRole("status").filter({ hasText: text }).first().waitFor();

async function open(columns: string): Promise<void> {
  await page.goto(`/t/airline/playground?prompt=echo&columns=${columns}`);
  await settle(page);
  // What was typed before is still there.
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByLabel("name", { exact: true }).fill("Ann");
}

const runButton = () => page.getByRole("button", { name: /^Run/ }).first();

async function ask(question: string): Promise<void> {
  await page
    .getByLabel(/\d\. User$/)
    .last()
    .fill(question);
  await expect.poll(() => runButton().isEnabled()).toBe(true);
  await page.keyboard.press("Control+Enter");
}

/** Nothing that a model wrote has become anything but text. */
async function expectInert(within: string): Promise<void> {
  expect(await page.evaluate("window.hit")).toBeUndefined();
  const made = await page.locator(`${within} :is(img, script, a[href^=javascript], iframe)`).count();
  expect(made).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  expect(faultsOf(page)).toEqual([]);
}

describe("the playground", { timeout: 120_000 }, () => {
  test("shows an answer as it comes, and Escape stops it in every column and at the provider", async () => {
    await open("1,latest");
    await ask("slow");
    await expect.poll(() => answers(page).count()).toBe(2);
    const before = (await answers(page).first().innerText()).length;
    await expect.poll(async () => (await answers(page).first().innerText()).length).toBeGreaterThan(before);
    await status(page, "Answering");
    const begun = async () =>
      (await answers(page).allInnerTexts()).filter((text) => text.startsWith("word1 word2"));
    await expect.poll(async () => (await begun()).length).toBe(2);
    await page.keyboard.press("Escape");
    await status(page, "Stopped");
    await expect.poll(() => provider.left).toBe(2);
    expect(await begun()).toHaveLength(2);
    await page.goto("/t/airline/traces?prompt=echo");
    await page.getByRole("cell", { name: "Stopped" }).nth(1).waitFor();
  });

  test("asks all columns or none: it waits until it is known what each label holds", async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/api/prompts/echo", async (route) => {
      await released;
      await route.continue();
    });
    await open("1,latest");
    await page
      .getByLabel(/\d\. User$/)
      .last()
      .fill("anything");
    await page.getByRole("button", { name: "Run", exact: true }).first().waitFor();
    expect(await runButton().isDisabled()).toBe(true);
    release();
    await ask("anything");
    await expect.poll(() => answers(page).count()).toBe(2);
    await page.unroute("**/api/prompts/echo");
  });

  test("shows hostile output as text, with what hides in it made visible", async () => {
    await open("1");
    await ask("anything");
    await status(page, "Answered");
    const shown = await answers(page).innerText();
    for (const part of [
      "<img src=x",
      "<script>",
      "[click me](javascript:",
      "⟨202E⟩gnp.exe⟨202C⟩",
      "⟨0000⟩ nothing ⟨001B⟩",
    ]) {
      expect(shown).toContain(part);
    }
    await expectInert("main");
    expect(await findViolations(page)).toEqual([]);
  });

  test("shows a line of a million characters in part, and goes on answering keys", async () => {
    await open("1");
    await ask("long");
    await status(page, "Answered");
    expect((await answers(page).innerText()).length).toBeLessThan(30_000);
    await page.getByRole("button", { name: /Show the whole text/ }).waitFor();
    await expectInert("main");
    await page.getByLabel(/\d\. User$/).fill("still here");
  });

  test("asks by a text that no version has, goes on from its answer, and keeps all of it at a reload", async () => {
    await open("1");
    await page.getByRole("button", { name: "More for 1" }).click();
    await page.getByRole("menuitem", { name: "Edit the text" }).click();
    await page.getByLabel("Text of message 1").fill("Greet {{ name }} loudly.");
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText("Edited, not saved").waitFor();
    await ask("anything");
    await status(page, "Answered");
    await page.getByRole("button", { name: "Use as the next turn" }).click();
    await expect.poll(() => page.getByLabel("2. Answer").inputValue()).toContain("<script>");
    await page.reload();
    await settle(page);
    await expect.poll(() => page.getByLabel("2. Answer").inputValue()).toContain("<script>");
    await page.getByText("Edited, not saved").waitFor();
    expect((await airline.listPromptVersions({ prompt: "echo" })).items).toHaveLength(1);
    const { items } = await airline.listTraces({ prompt: "echo", limit: 1 });
    expect(items).toMatchObject([{ promptVersion: null, source: "playground", status: "completed" }]);
  });

  test("tries the editor's draft beside production, under its own name", async () => {
    await page.goto("/t/airline/prompts/echo");
    await settle(page);
    const text = page.getByRole("textbox", { name: /^Text of message 1/ });
    await text.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Be brief.");
    await page.locator("[data-draft-state=saved]").waitFor();
    await page.getByRole("link", { name: "Try it" }).click();
    const draft = page.getByRole("region", { name: "Your draft" });
    await draft.waitFor();
    const asked = draft.getByLabel("What is asked").locator("option:checked");
    await expect.poll(() => asked.innerText()).toBe("Your draft");
    const columns = page.getByRole("region").filter({ has: page.getByLabel("What is asked") });
    await expect.poll(() => columns.count()).toBe(2);
    await page.getByRole("tab", { name: "Cases of a dataset" }).click();
    await page.getByLabel("Dataset", { exact: true }).selectOption("airline-support");
    await page.getByRole("columnheader", { name: "Your draft" }).waitFor();
    expect(faultsOf(page)).toEqual([]);
  });

  test("begins with what is there alone where the draft cannot be tried, and says why", async () => {
    await page.goto("/t/airline/prompts/echo");
    await settle(page);
    await page.getByLabel("Temperature").fill("warm");
    await page.locator("[data-draft-state=saved]").waitFor();
    await page.getByRole("link", { name: "Try it" }).click();
    await page.getByText("Your draft in the editor cannot be tried yet").waitFor();
    await page.getByText("“warm” is not a number.").waitFor();
    await expect.poll(() => page.getByRole("combobox", { name: "What is asked" }).count()).toBe(1);
    await page.getByRole("link", { name: "Mend it in the editor" }).click();
    await page.getByLabel("Temperature").fill("");
    await page.locator("[data-draft-state=saved]").waitFor();
    expect(faultsOf(page)).toEqual([]);
  });

  test("saves what was asked as a case of a dataset, with the answer as what is expected", async () => {
    await airline.createDataset({ slug: "echoes" });
    await open("1");
    await ask("plain");
    await status(page, "Answered");
    await page.getByRole("button", { name: "Save as expected" }).click();
    await page.getByLabel("Dataset", { exact: true }).selectOption("echoes");
    await page.getByLabel("Tags").fill("tried");
    await page.getByRole("dialog").getByRole("button", { name: "Save as case" }).click();
    await page.getByText("echoes is now version 1").first().waitFor();
    const { items } = await airline.listCases({ dataset: "echoes", version: 1 });
    expect(items).toMatchObject([
      { variables: { name: "Ann" }, tags: ["tried"], expected: "Hello, <b>Ann</b>!" },
    ]);
  });

  test("puts cases to every column and scores them by a suite, some at a time", async () => {
    // The prompt has one suite: it and its cases are chosen beforehand.
    await page.goto("/t/airline/playground?prompt=support-triage&columns=production,1&view=cases");
    await settle(page);
    await expect.poll(() => page.getByLabel("Scored by the suite").inputValue()).toBe("support-triage");
    await expect.poll(() => page.getByLabel("Dataset", { exact: true }).inputValue()).toBe("airline-support");
    await page.goto(
      "/t/airline/playground?prompt=support-triage&columns=production,1&view=cases&dataset=airline-support&suite=support-triage&count=5",
    );
    await settle(page);
    await page.getByRole("button", { name: "Ask 10 questions" }).click();
    await page
      .getByText(/5 answered · \d of 5 pass/)
      .first()
      .waitFor();
    await page
      .getByRole("button", { name: /^(Passes|Does not pass)/ })
      .first()
      .click();
    await page.getByRole("dialog").getByRole("heading", { name: "Scores" }).waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});
