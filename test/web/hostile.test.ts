import { type Client, createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";
import { type Provider, startProvider } from "./kit/start-provider.ts";

/** What every page must show as it is written. */
const MARK = "<img src=x";
const HOSTILE = [
  `${MARK} onerror="window.hit = 'img'"><script>window.hit = 'script'</script>`,
  "<iframe srcdoc='<script>top.hit = 1</script>'></iframe></textarea></style></title>",
  "[click me](javascript:window.hit='link') ![](https://evil.test/pixel.png)",
  "safe \u202egnp.exe\u202c end \u001b[31m",
  `z\u0300\u0301\u0302${"\u0303".repeat(200)}algo`,
].join("\n");
const NAME = `${MARK} onerror="window.hit='name'"> \u202eemac`;
const LONG_LINE = `${MARK} onerror="window.hit = 'long'">${"x".repeat(1_000_000)}`;
const NUL = `${HOSTILE}\n\u0000 after nothing`;

const WAIT = { timeout: 120_000, interval: 200 };

let provider: Provider;
let web: Web;
let page: Page;
const made = { runs: [] as string[], trace: "", change: "" };

beforeAll(async () => {
  provider = await startProvider((question) => (question.includes("long") ? LONG_LINE : NUL));
  web = await openWeb({ ASSAY_ALLOWED_HOSTS: provider.host });
  await fill(createClient({ baseUrl: web.server.url, key: web.server.keys.airline }));
  page = await web.openPage({ isLoggedIn: true });
  page.on("dialog", (dialog) => {
    faultsOf(page).push(`a dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
}, 240_000);
afterAll(async () => {
  await web?.[Symbol.asyncDispose]();
  await provider?.[Symbol.asyncDispose]();
});

/** Everything that somebody may name or write, written by somebody who means ill. */
async function fill(airline: Client): Promise<void> {
  await airline.createConnection({ slug: "hostile", kind: "openai-compatible", baseUrl: provider.baseUrl });
  await airline.createHostedModel({ slug: "hostile", connection: "hostile", providerModel: NAME });
  await airline.createPrompt({ slug: "hostile", description: HOSTILE });
  await airline.setTraceSettings({ prompt: "hostile", sampleRate: 1 });
  for (const end of ["one", "two"]) {
    const content = {
      messages: [
        { role: "system" as const, content: `${HOSTILE}\n${end}` },
        { placeholder: "history" as const },
      ],
      model: "hostile",
    };
    await airline.addPromptVersion({ prompt: "hostile", note: HOSTILE.slice(0, 900), content });
  }
  await airline.createDataset({ slug: "hostile", description: HOSTILE });
  const cases = [HOSTILE, `long ${HOSTILE}`].map((content, n) =>
    JSON.stringify({
      key: `${n} ${NAME}`,
      messages: [{ role: "user", content }],
      expected: HOSTILE,
      tags: [NAME.slice(0, 60)],
    }),
  );
  await airline.importDataset({
    dataset: "hostile",
    format: "jsonl",
    text: cases.join("\n"),
    note: HOSTILE.slice(0, 900),
  });
  await airline.putSuite({
    suite: "hostile",
    prompt: "hostile",
    dataset: "hostile",
    scorers: [
      { type: "contains", name: NAME.slice(0, 60), options: { values: [HOSTILE] } },
      { type: "exact-match", name: "exact" },
    ],
    gate: { label: "production", minCases: 1, minScore: { score: 0.5, on: "mean" } },
  });
  await airline.moveLabel({ prompt: "hostile", label: "production", version: 1 });
  await airline.setGate({ prompt: "hostile", label: "production", suite: "hostile" });
  for (const version of [1, 2]) {
    const { id } = await airline.startRun({ suite: "hostile", version });
    made.runs.push(id);
    await vi.waitUntil(async () => (await airline.getRun({ runId: id })).status === "completed", WAIT);
  }
  const change = await airline.proposeChange({
    prompt: "hostile",
    label: "production",
    version: 2,
    title: NAME,
    description: HOSTILE,
  });
  made.change = change.id;
  await airline.createKey({ name: NAME, role: "viewer" });
  made.trace = await chat(airline);
}

/** Asks as an app does, and answers what it was given: a comment on the answer. */
async function chat(airline: Client): Promise<string> {
  const post = (path: string, body: object) =>
    fetch(web.server.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${web.server.keys.airline}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const messages = [{ role: "user", content: HOSTILE }];
  const response = await post("/v1/chat/completions", { model: "prompt:hostile@1", messages });
  const token = response.headers.get("x-assay-feedback-token");
  await response.json();
  await post("/v1/feedback", { token, score: 0, comment: HOSTILE, correction: HOSTILE });
  const { items } = await airline.listTraces({ prompt: "hostile", limit: 1 });
  return items[0]?.id ?? "";
}

const MADE_OF_DATA = [
  "main img",
  "[role=dialog] img",
  ":is(main, [role=dialog], aside) :is(script, iframe, object, embed)",
  "a[href^='javascript' i]",
  "a[href*='evil.test']",
].join(", ");

/** What a page says, in fields too. */
const WORDS = `document.body.innerText + [...document.querySelectorAll("input, textarea")].map((each) => each.value).join("\\n")`;

async function expectInert(): Promise<void> {
  expect(await page.evaluate("window.hit")).toBeUndefined();
  expect(await page.locator(MADE_OF_DATA).count()).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  expect(await page.title()).not.toContain("\u202e");
  expect(faultsOf(page)).toEqual([]);
}

describe("what somebody wrote who means ill is text and nothing else", { timeout: 120_000 }, () => {
  const run = () => made.runs[1] ?? "";
  const key = encodeURIComponent(`0 ${NAME}`);
  const longKey = encodeURIComponent(`1 ${NAME}`);
  test.each<[string, () => string]>([
    ["home", () => ""],
    ["the list of prompts", () => "/prompts"],
    ["a prompt's editor", () => "/prompts/hostile"],
    ["its versions", () => "/prompts/hostile?tab=versions"],
    ["two versions beside each other", () => "/prompts/hostile?tab=versions&from=1&to=2"],
    ["its promotion", () => "/prompts/hostile/promote?version=2"],
    ["the list of changes", () => "/changes"],
    ["a change", () => `/changes/${made.change}`],
    ["the list of datasets", () => "/datasets"],
    ["a dataset", () => "/datasets/hostile"],
    ["a dataset's versions", () => "/datasets/hostile?tab=versions"],
    ["an evaluation", () => `/evaluations/${run()}`],
    ["its cases", () => `/evaluations/${run()}?tab=cases`],
    ["a case with its output", () => `/evaluations/${run()}?tab=cases&case=${key}`],
    [
      "a case whose output is a line of a million characters",
      () => `/evaluations/${run()}?tab=cases&case=${longKey}`,
    ],
    ["two evaluations beside each other", () => `/evaluations/compare?runs=${made.runs.join(",")}`],
    ["a suite", () => "/suites/hostile"],
    ["a suite's form", () => "/suites/hostile?tab=edit"],
    ["a trace with its texts and what was said of it", () => `/traces?prompt=hostile&trace=${made.trace}`],
    ["the models", () => "/models"],
    ["the keys", () => "/settings/keys"],
  ])("on %s", async (_, path) => {
    await page.goto(`/t/airline${path()}`);
    await settle(page);
    await expect.poll(() => page.evaluate(WORDS), { timeout: 20_000 }).toContain(MARK);
    await expectInert();
  });
});
