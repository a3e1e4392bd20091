import { type Client, createClient, followRun } from "@assay/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findViolations } from "./kit/check-accessibility.ts";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";
import { TONE_JUDGE } from "./kit/tone-judge.ts";

const CASES = 4;
const HOSTILE = "mail ann@example.com <img src=x onerror=\"window.hit = 'trace'\"> \u202ekcab";

let web: Web;
let page: Page;
let airline: Client;

beforeAll(async () => {
  web = await openWeb();
  airline = createClient({ baseUrl: web.server.url, key: web.server.keys.airline ?? "" });
  page = await web.openPage({ isLoggedIn: true });
}, 180_000);
afterAll(() => web?.[Symbol.asyncDispose]());

const visit = async (path: string) => {
  await page.goto(`/t/airline${path}`);
  await settle(page);
};

async function openQueue(): Promise<void> {
  await airline.putSuite({
    suite: "judged",
    prompt: "support-triage",
    dataset: "airline-support",
    scorers: [TONE_JUDGE],
  });
  const { id } = await airline.startRun({ suite: "judged", selection: { sample: { cases: CASES } } });
  await followRun(airline, id);
  await airline.createAnnotationQueue({
    slug: "tone-check",
    prompt: "support-triage",
    metric: "tone",
    instructions: "Is the answer right?",
  });
  await airline.fillAnnotationQueue({ queue: "tone-check", run: id });
}

const given = async () =>
  (await airline.listAnnotationItems({ queue: "tone-check" })).items.flatMap(({ labels }) => labels ?? []);
const progress = (labelled: number) => page.getByText(`You have labelled ${labelled} of ${CASES}`).waitFor();

describe("labelling", { timeout: 120_000 }, () => {
  beforeAll(openQueue, 120_000);

  test("goes by key, and a label that is taken back has reached nobody", async () => {
    await visit("/annotation/tone-check/work");
    await progress(0);
    await page.keyboard.press("n");
    await page.keyboard.type("too 1 short");
    await page.keyboard.press("Escape");
    await page.keyboard.press("1");
    await progress(1);
    expect(await given()).toEqual([]);
    await page.keyboard.press("u");
    await progress(0);
    await expect.poll(() => page.getByLabel("Note").inputValue()).toBe("too 1 short");
    await page.keyboard.press("2");
    await progress(1);
    await page.keyboard.press("1");
    // The one before is on its way now, with its note.
    await expect.poll(given).toMatchObject([{ passed: false, comment: "too 1 short" }]);
  });

  test("loses no label at a reload, passes outputs over, and says when nothing is left", async () => {
    await page.reload();
    await settle(page);
    await progress(2);
    await page.keyboard.press("s");
    // A key says something of the output that is shown, and of none while the next one is on its way.
    await settle(page);
    await page.getByRole("button", { name: /^Passes/ }).waitFor();
    await page.keyboard.press("1");
    await page.getByText("Only skipped ones are left").waitFor();
    await page.getByRole("button", { name: "Show the skipped one" }).click();
    await page.getByRole("button", { name: /^Passes/ }).waitFor();
    await page.keyboard.press("1");
    await page.getByText("All done").waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole("link", { name: "To the queue" }).click();
    await page.getByText(`You have labelled ${CASES} of ${CASES}`).waitFor();
    await expect.poll(async () => (await given()).length).toBe(CASES);
    expect(faultsOf(page)).toEqual([]);
  });

  test("does not show the judge's verdict before an output has all its labels", async () => {
    await airline.createAnnotationQueue({
      slug: "double",
      prompt: "support-triage",
      metric: "tone",
      instructions: "Is the answer polite?",
      labelsPerItem: 2,
    });
    const [run] = (await airline.listRuns({ suite: "judged" })).items;
    await airline.fillAnnotationQueue({ queue: "double", run: run?.id ?? "" });
    await visit("/annotation/double");
    await page.getByText("Waiting for labels").first().waitFor();
    await expect.poll(() => page.getByText("Hidden").count()).toBe(CASES);
    expect(
      await page
        .getByRole("table")
        .getByText(/^(Passes|Fails)$/)
        .count(),
    ).toBe(0);
  });
});

describe("a queue without a judge", { timeout: 120_000 }, () => {
  test("is made under any name, filled, labelled, and says what people said", async () => {
    await visit("/annotation");
    await page.getByRole("button", { name: "New queue" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Prompt", { exact: true }).selectOption("support-triage");
    await dialog.getByLabel("Name", { exact: true }).fill("Życzliwość odpowiedzi");
    await dialog.getByText("zyczliwosc-odpowiedzi").waitFor();
    await dialog.getByLabel("The question").fill("Is the answer kind?");
    // Nobody else is there who could label them.
    await dialog.getByText("You are the only person here").waitFor();
    await expect.poll(() => dialog.getByLabel("Labels per output").inputValue()).toBe("1");
    await dialog.getByRole("button", { name: "New queue" }).click();
    await page.waitForURL(/annotation\/zyczliwosc-odpowiedzi$/);
    await page.getByRole("button", { name: "Add outputs" }).first().click();
    const [run] = (await airline.listRuns({ suite: "judged" })).items;
    await dialog.getByLabel("Evaluation", { exact: true }).selectOption(run?.id ?? "");
    await dialog.getByRole("button", { name: "Add outputs" }).click();
    await page.getByText(`You have labelled 0 of ${CASES}`).waitFor();
    await page.getByText("No output has all its labels yet.").waitFor();
    await page.getByRole("link", { name: "Label", exact: true }).click();
    await page.getByText("You do not see what other people said.").waitFor();
    for (const key of ["1", "1", "1", "2"]) {
      await page.getByRole("button", { name: /^Passes/ }).waitFor();
      await page.keyboard.press(key);
    }
    await page.getByText("All done").waitFor();
    await page.getByRole("link", { name: "To the queue" }).click();
    await page.getByText(`3 of ${CASES} outputs pass.`).waitFor();
    expect(await page.getByRole("columnheader", { name: "Judge" }).count()).toBe(0);
    expect(await findViolations(page)).toEqual([]);
    expect(faultsOf(page)).toEqual([]);
  });
});

describe("traces", { timeout: 120_000 }, () => {
  test("become cases with personal data replaced, after a look at what would be stored", async () => {
    await airline.setTraceSettings({ prompt: "support-triage", sampleRate: 1 });
    await fetch(`${web.server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${web.server.keys.airline}`, "content-type": "application/json" },
      body: JSON.stringify({
        model: "prompt:support-triage",
        messages: [{ role: "user", content: HOSTILE }],
      }),
    });
    await visit("/traces?hasContent=true");
    await page.getByRole("table").getByRole("button").first().click();
    const request = page.getByRole("dialog", { name: "Request" });
    await request.getByText("⟨202E⟩kcab").waitFor();
    expect(await request.locator("img").count()).toBe(0);
    await request.getByRole("button", { name: "Show what the model was sent" }).click();
    await request.getByText("You are the support desk of Meridian Air").waitFor();
    await request.getByRole("button", { name: "Add to a dataset" }).click();
    const dialog = page.getByRole("dialog", { name: "Add 1 request" });
    await dialog.getByLabel("Expected answer").selectOption("output");
    await dialog.getByLabel("Dataset", { exact: true }).selectOption("airline-support");
    await dialog.getByText("1 case. 1 place replaced.").waitFor();
    expect(await dialog.innerText()).not.toContain("ann@example.com");
    await dialog.getByRole("button", { name: "Add 1 case" }).click();
    await page.getByText("airline-support is now version 2").first().waitFor();
    expect(await page.evaluate("window.hit")).toBeUndefined();
    expect(faultsOf(page)).toEqual([]);
  });

  test("open in the playground with what was asked", async () => {
    await visit("/traces?hasContent=true");
    await page.getByRole("table").getByRole("button").first().click();
    await page.getByRole("link", { name: "Open in the playground" }).click();
    await expect.poll(() => page.getByLabel("1. User").inputValue()).toContain("ann@example.com");
    // The address says which versions, and not what somebody wrote.
    expect(page.url()).not.toContain("ann");
    expect(page.url()).not.toContain("trc_");
  });
});
