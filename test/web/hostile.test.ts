import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../kit/run-command.ts";
import { CASE_KEYS, fillHostile, HOSTILE, type Hostile, hostileAnswer, MARK } from "./kit/fill-hostile.ts";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";
import { type Provider, startProvider } from "./kit/start-provider.ts";

const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 360, height: 740 };

let provider: Provider;
let web: Web;
let page: Page;
let made: Hostile;

beforeAll(async () => {
  provider = await startProvider(hostileAnswer);
  web = await openWeb({ ASSAY_ALLOWED_HOSTS: provider.host });
  made = await fillHostile(web.server, provider.baseUrl);
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

const MADE_OF_DATA = [
  "main img:not([src='/favicon.svg'])",
  "[role=dialog] img",
  ":is(main, [role=dialog], aside) :is(script, iframe, object, embed)",
  "a[href^='javascript' i]",
  "a[href*='evil.test']",
].join(", ");

/** What a page says, in fields too. */
const WORDS = `document.body.innerText + [...document.querySelectorAll("input, textarea")].map((each) => each.value).join("\\n")`;
/** What is said where the pointer rests. */
const TITLES = `[...document.querySelectorAll("[title]")].map((each) => each.title).join("\\n")`;
/** What sticks out at the side of the page, if the page can be moved sideways. */
const STICKING_OUT = `document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
  .map((each) => each.outerHTML.slice(0, 200)).slice(-3)`;

/** What turns a text around, or begins an order to a terminal: it is to be shown as a sign. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const HIDDEN = /[\u001b\u202a-\u202e]/;

async function expectInert(): Promise<void> {
  expect(await page.evaluate("document.body.innerText")).not.toMatch(HIDDEN);
  expect(await page.evaluate(TITLES)).not.toMatch(HIDDEN);
  expect(await page.evaluate("window.hit")).toBeUndefined();
  expect(await page.locator(MADE_OF_DATA).count()).toBe(0);
  // A chart takes a moment to become as narrow as the page.
  await expect.poll(() => page.evaluate(STICKING_OUT)).toEqual([]);
  expect(await page.title()).not.toContain("\u202e");
  expect(faultsOf(page)).toEqual([]);
  await page.setViewportSize(NARROW);
  await expect.poll(() => page.evaluate(STICKING_OUT)).toEqual([]);
}

/** Opens a page, sees that it shows what was written, and that nothing came of it. */
async function look(path: string, mark = MARK): Promise<void> {
  await page.setViewportSize(WIDE);
  await page.goto(path);
  await settle(page);
  await expect.poll(() => page.evaluate(WORDS), { timeout: 20_000 }).toContain(mark);
  await expectInert();
}

describe("what somebody wrote who means ill is text and nothing else", { timeout: 120_000 }, () => {
  const caseOf = (key: string) => () =>
    `/evaluations/${made.runs[1]}?tab=cases&case=${encodeURIComponent(key)}`;
  test.each<[string, () => string]>([
    ["home", () => ""],
    ["the list of prompts", () => "/prompts"],
    ["a prompt's editor", () => "/prompts/hostile"],
    ["the editor of a text that is one long line", () => "/prompts/hostile-long"],
    ["a prompt's versions", () => "/prompts/hostile?tab=versions"],
    ["two versions beside each other", () => "/prompts/hostile?tab=versions&from=1&to=2"],
    ["two long lines beside each other", () => "/prompts/hostile-long?tab=versions&from=1&to=2"],
    ["who uses a prompt", () => "/prompts/hostile?tab=use"],
    ["its promotion", () => "/prompts/hostile/promote?version=2"],
    ["its label's history", () => "/prompts/hostile/history"],
    ["the list of changes", () => "/changes"],
    ["a change", () => `/changes/${made.change}`],
    ["the list of datasets", () => "/datasets"],
    ["a dataset", () => "/datasets/hostile"],
    ["a dataset's versions", () => "/datasets/hostile?tab=versions"],
    ["an evaluation", () => `/evaluations/${made.runs[1]}`],
    ["its cases", () => `/evaluations/${made.runs[1]}?tab=cases`],
    ["a case with its answer", caseOf(CASE_KEYS.plain)],
    ["a case whose answer is a line of a million characters", caseOf(CASE_KEYS.longAnswer)],
    ["a case whose question is one long line", caseOf(CASE_KEYS.longQuestion)],
    ["two evaluations beside each other", () => `/evaluations/compare?runs=${made.runs.join(",")}`],
    ["a suite", () => "/suites/hostile"],
    ["a suite's form", () => "/suites/hostile?tab=edit"],
    ["the playground with cases", () => "/playground?prompt=hostile&columns=1,2&view=cases&dataset=hostile"],
    ["a trace with its texts and what was said of it", () => `/traces?prompt=hostile&trace=${made.trace}`],
    ["a queue of outputs to label", () => "/annotation/hostile"],
    ["an output that is to be labelled", () => "/annotation/hostile/work"],
    ["usage by key", () => "/usage?by=key"],
    ["the models", () => "/models"],
    ["the keys", () => "/settings/keys"],
    ["the members", () => "/settings/members"],
    ["the audit log", () => "/settings/audit"],
  ])("on %s", async (_, path) => {
    await look(`/t/airline${path()}`);
  });

  test("on the operator's pages and on an invitation", async () => {
    await look("/operator");
    await look(`/invitations/${made.invitation}`);
  });

  test("in an address that somebody made up", async () => {
    const text = encodeURIComponent(`${MARK} onerror="window.hit='address'">`);
    await look(`/t/airline/datasets/hostile?search=${text}`);
    for (const path of [
      `/login?error=${text}&next=javascript:window.hit=1`,
      `/t/airline/prompts/${text}`,
      `/${text}`,
    ]) {
      await page.goto(path);
      await page.locator("h1").first().waitFor();
      await expectInert();
    }
  });

  test("and what would hide in it is seen", async () => {
    await page.goto(`/t/airline${caseOf(CASE_KEYS.plain)()}`);
    const opened = page.getByRole("dialog");
    await opened.getByText("after nothing").first().waitFor();
    const shown = await opened.innerText();
    for (const part of [
      "⟨0000⟩ after nothing",
      "⟨202E⟩gnp.exe⟨202C⟩",
      "⟨001B⟩[31m",
      "'; DROP TABLE results; --",
    ])
      expect(shown).toContain(part);
  });
});

/** The cells of a CSV file (RFC 4180). */
function cellsOf(csv: string): string[] {
  return [...csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? "").replaceAll('""', '"'),
  );
}

describe("what is taken out of it", { timeout: 120_000 }, () => {
  const get = async (path: string) => {
    const headers = { authorization: `Bearer ${made.key}` };
    const response = await fetch(web.server.url + path, { headers });
    expect(response.status).toBe(200);
    return { text: await response.text(), headers: response.headers };
  };

  const expectNoFormula = (csv: string) =>
    expect(cellsOf(csv).filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);

  test.each([
    ["a dataset", "/api/datasets/hostile/versions/1/export?format=csv"],
    ["the audit log", "/api/audit/export"],
  ])("as a spreadsheet of %s holds no formula and is no page", async (_, path) => {
    const { text, headers } = await get(path);
    expect(text).toContain(MARK);
    expectNoFormula(text);
    expect(headers.get("content-type")).toMatch(/^text\/(csv|plain)/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-disposition")).toMatch(/^attachment/);
  });

  test("as a spreadsheet of two evaluations holds no formula", async () => {
    await page.goto(`/t/airline/evaluations/compare?runs=${made.runs.join(",")}`);
    await settle(page);
    await page.getByRole("button", { name: "Export" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: /CSV/ }).click();
    const stream = await (await download).createReadStream();
    let text = "";
    for await (const chunk of stream) text += String(chunk);
    expect(text).toContain("HYPERLINK");
    expectNoFormula(text);
  });

  test("for machines is what was written, to the character", async () => {
    const { text } = await get("/api/datasets/hostile/versions/1/export");
    const cases = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { key: string; expected: unknown });
    expect(cases.find(({ key }) => key === CASE_KEYS.plain)?.expected).toBe(HOSTILE);
  });

  test.each([
    ["compare", () => ["compare", ...made.runs]],
    ["traces", () => ["traces", "show", made.trace]],
    ["changes", () => ["changes", "show", made.change]],
    ["keys", () => ["keys", "list"]],
  ])("to a terminal by `assay %s` obeys nothing", async (_, args) => {
    const { code, stdout, stderr } = await runCommand(
      process.execPath,
      ["apps/cli/bin/assay.js", ...args()],
      {
        ASSAY_URL: web.server.url,
        ASSAY_KEY: made.key,
      },
    );
    expect(code, stderr).toBe(0);
    expect(stdout).toContain(MARK);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
