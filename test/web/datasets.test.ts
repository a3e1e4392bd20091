import { type Client, createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

const NASTY = [
  "<img src=x onerror=alert(1)><script>alert(2)</script>",
  "\u202Egnirts desrever\u202C \u0007",
  "[click](javascript:alert(3)) {{ 7*7 }}",
  `Z${"\u0335\u0322\u0301".repeat(200)}algo`,
  "x".repeat(60_000),
  "=cmd|' /C calc'!A0",
];

let web: Web;
let airline: Client;
beforeAll(async () => {
  web = await openWeb();
  airline = createClient({ baseUrl: web.server.url, key: web.server.keys.airline ?? "" });
});
afterAll(() => web?.[Symbol.asyncDispose]());

async function importCases(dataset: string, cases: object[]): Promise<void> {
  const text = cases.map((each) => `${JSON.stringify(each)}\n`).join("");
  await airline.importDataset({ dataset, create: "true", format: "jsonl", text });
}

async function openDataset(dataset: string, search = ""): Promise<Page> {
  const page = await web.openPage({ isLoggedIn: true });
  await page.goto(`/t/airline/datasets/${dataset}${search}`);
  await settle(page);
  // Before the browser has said which draft it keeps nothing can be changed.
  await page.locator("[role=grid][aria-multiselectable=true]").waitFor();
  return page;
}

/** What the browser would show after a crash: the keys that each draft changes and removes. */
const keptDrafts = (page: Page) =>
  page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open("assay-drafts");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction("datasets").objectStore("datasets").getAll();
      reading.onsuccess = () => {
        opening.result.close();
        resolve(reading.result.map(({ edits, removed }) => [[...edits.keys()], [...removed]]));
      };
    };
  })`);

const cellOf = (page: Page, row: number, column: number) =>
  page.locator(`[aria-rowindex="${row + 1}"] > [aria-colindex="${column}"]`);
const FIVE = [1, 2, 3, 4, 5].map((n) => ({ key: `k${n}`, variables: { q: `question ${n}` }, tags: ["old"] }));

describe("a draft of a dataset", { timeout: 180_000 }, () => {
  test("is written with the keyboard, outlives a reload, and becomes the next version", async () => {
    await importCases("drafted", FIVE);
    const page = await openDataset("drafted");
    await cellOf(page, 1, 2).focus();
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "Enter"]) {
      await page.keyboard.press(key);
    }
    await page.getByRole("textbox", { name: "Tags" }).and(page.locator("[role=gridcell] input")).waitFor();
    await expect.poll(() => page.evaluate("document.activeElement.value")).toBe("old");
    await page.keyboard.press("End");
    await page.keyboard.type(", new");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Delete");
    await page.getByText("1 changed, 1 removed").waitFor();
    await expect.poll(() => keptDrafts(page)).toEqual([[["k2"], ["k3"]]]);
    await page.reload();
    await page.getByText("1 changed, 1 removed").waitFor();
    await expect.poll(() => cellOf(page, 2, 5).textContent()).toContain("new");

    await page.getByRole("button", { name: "Add a case" }).click();
    await page.getByLabel("Key", { exact: true }).fill("k9");
    await page.getByLabel("Text of message 1").fill("And now?");
    await page.getByRole("button", { name: "Keep in draft" }).click();
    await page.getByRole("button", { name: "Publish as version 2" }).click();
    await page.getByLabel("Note").fill("Two is new, three was wrong.");
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("5 cases in version 2").waitFor();
    await page.getByRole("region", { name: "Draft" }).waitFor({ state: "detached" });

    const { items } = await airline.listCases({ dataset: "drafted", version: 2 });
    expect(items.map(({ key, tags }) => [key, tags.join()])).toEqual([
      ["k1", "old"],
      ["k2", "old,new"],
      ["k4", "old"],
      ["k5", "old"],
      ["k9", ""],
    ]);
    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByText("Two is new, three was wrong.").waitFor();
    await page.getByRole("button", { name: "What changed from version 1 to 2" }).click();
    await page.getByText("1 changed, 1 added, 1 removed").waitFor();
    expect(faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  test("is brought up to a version that somebody else published, who keeps what they changed", async () => {
    await importCases("contested", FIVE);
    const page = await openDataset("contested");
    for (const row of [1, 2]) {
      await cellOf(page, row, 2).focus();
      await page.keyboard.press("Delete");
    }
    await page.getByText("2 removed").waitFor();
    const theirs = { key: "k1", addTags: ["theirs"] };
    await airline.changeDataset({ dataset: "contested", base: 1, changed: [theirs] });
    await page.getByRole("button", { name: "Publish as version 2" }).click();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("alert").getByText("newest version is 2 by now").waitFor();
    await page.getByRole("button", { name: "Go on editing" }).click();
    await page.reload();
    await page.getByRole("button", { name: "Bring up to version 2" }).click();
    await page.getByLabel("Which change of k1 to keep").selectOption("theirs");
    await page.getByRole("dialog").getByRole("button", { name: "Bring up to version 2" }).click();
    await page.getByRole("button", { name: "Publish as version 3" }).click();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("4 cases in version 3").waitFor();
    const { items } = await airline.listCases({ dataset: "contested", version: 3 });
    expect(items.map(({ key }) => key)).toEqual(["k1", "k3", "k4", "k5"]);
    await page.context().close();
  });

  test("tags many cases at once", async () => {
    await importCases("bulk", FIVE);
    const page = await openDataset("bulk", "?q=question");
    await page.getByRole("button", { name: "Select all (5 cases)" }).click();
    await page.getByRole("button", { name: "Tags…" }).click();
    await page.getByLabel("Add tags").fill("a, b");
    await page.getByLabel("Take tags away").fill("old");
    await page.getByRole("button", { name: "Put into the draft" }).click();
    await page.getByText("5 changed").waitFor();
    await expect.poll(() => cellOf(page, 3, 5).textContent()).toBe("ab");
    await page.getByRole("button", { name: "Discard" }).click();
    await expect.poll(() => cellOf(page, 3, 5).textContent()).toBe("old");
    await page.context().close();
  });
});

test("the click that leaves the name of a column is not lost", { timeout: 180_000 }, async () => {
  await importCases("named", FIVE);
  const page = await openDataset("named");
  await page.getByRole("button", { name: "Import" }).click();
  const file = { name: "cities.csv", mimeType: "text/csv", buffer: Buffer.from("key,city\nn1,Bonn\n") };
  const looked = () => page.waitForResponse(/\/checks\?/);
  await Promise.all([looked(), page.locator("input[type=file]").setInputFiles(file)]);
  await Promise.all([looked(), page.getByLabel("What city becomes").selectOption("variable")]);
  // The look at the file that leaving the field starts is never answered.
  await page.route("**/checks?*", () => undefined, { times: 1 });
  await page.getByLabel("Name of the variable that city becomes").fill("town");
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await page.getByText("1 row is a good case.").waitFor();
  await page.context().close();
});

test("a file's columns are chosen, its wrong rows shown, and the good ones imported", {
  timeout: 180_000,
}, async () => {
  await importCases("imported", FIVE);
  const page = await openDataset("imported");
  await page.getByRole("button", { name: "Import" }).click();
  const csv = "nr,frage,antwort\nk6,Wo?,hier\nk7\nk1,schon da,\nk8,=1+1,da\n";
  const file = { name: "fragen.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
  await page.locator("input[type=file]").setInputFiles(file);
  // What is there is kept unless somebody says otherwise.
  expect(await page.getByLabel("Cases that are there").inputValue()).toBe("append");
  await page.getByLabel("What nr becomes").selectOption("key");
  await page.getByLabel("What frage becomes").selectOption("input");
  await page.getByLabel("What antwort becomes").selectOption("expected");
  await page.getByText("2 rows are good and 2 wrong").waitFor();
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await page.getByText("2 rows are good cases.").waitFor();
  await page.getByText("Version 2 will hold 7 cases: the 5 of version 1 and 2 of the file.").waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download wrong rows" }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("fragen-wrong-rows.csv");
  await page.getByRole("button", { name: "Back to the columns" }).click();
  await page.getByLabel("Cases that are there").selectOption("replace");
  await page.getByText("3 rows are good and 1 wrong").waitFor();
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await page.getByText("Of the 5 cases of version 1 only those stay that the file has, too.").waitFor();
  await page.getByText("must be measured again").waitFor();
  await page.getByRole("button", { name: "Replace them with 3 cases" }).waitFor();
  await page.getByRole("button", { name: "Back to the columns" }).click();
  await page.getByLabel("Cases that are there").selectOption("append");
  await page.getByText("2 rows are good and 2 wrong").waitFor();
  await page.getByRole("button", { name: "Check the whole file" }).click();
  await page.getByRole("button", { name: "Import the 2 good ones" }).click();
  await page.getByText("7 cases in version 2").waitFor();
  const { items } = await airline.listCases({ dataset: "imported", version: 2 });
  expect(items.slice(5)).toMatchObject([
    { key: "k6", messages: [{ role: "user", content: "Wo?" }], expected: "hier" },
    { key: "k8", messages: [{ role: "user", content: "=1+1" }] },
  ]);
  await page.context().close();
});

describe("what opens over a dataset", { timeout: 180_000 }, () => {
  const dialog = "[role=dialog]";
  const looks = `(() => {
    const root = document.getElementById("root");
    const { pointerEvents } = getComputedStyle(root);
    document.body.style.setProperty("--removed-body-scroll-bar-size", "7px");
    const bar = getComputedStyle(root).getPropertyValue("--removed-body-scroll-bar-size");
    const isCovered = !root.contains(document.elementFromPoint(40, 200));
    return { overflow: document.body.style.overflow, pointerEvents, bar, isCovered };
  })()`;

  test("a case: the page keeps its style and stands still behind it, and the address follows", async () => {
    await importCases("opened", FIVE);
    const page = await openDataset("opened");
    await cellOf(page, 2, 3).click();
    await page.locator(dialog).waitFor();
    await page.waitForURL(/case=k2$/);
    const open = { overflow: "hidden", pointerEvents: "auto", bar: "0px", isCovered: true };
    expect(await page.evaluate(looks)).toEqual(open);
    await page.keyboard.press("Escape");
    await page.locator(dialog).waitFor({ state: "detached" });
    await page.waitForURL(/opened$/);
    expect(await page.evaluate(looks)).toMatchObject({ overflow: "", isCovered: false });
    // Where it was opened from, so that the next key goes on from there.
    await cellOf(page, 2, 3).and(page.locator(":focus")).waitFor();
    await page.goBack();
    await page.getByRole("dialog", { name: "k2" }).waitFor();
    await page.goBack();
    await page.locator(dialog).waitFor({ state: "detached" });
    expect(page.url()).toMatch(/opened$/);
    expect(faultsOf(page)).toEqual([]);
  });

  test("a menu: a press beside it closes it, and opens nothing there", async () => {
    await importCases("pressed", FIVE);
    const page = await openDataset("pressed");
    const cell = await cellOf(page, 2, 3).boundingBox();
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menu").waitFor();
    await page.mouse.click((cell?.x ?? 0) + 20, (cell?.y ?? 0) + 10);
    await page.getByRole("menu").waitFor({ state: "detached" });
    expect(await page.locator(dialog).count()).toBe(0);
    await cellOf(page, 2, 3).click();
    await page.locator(dialog).waitFor();
    expect(faultsOf(page)).toEqual([]);
  });
});

test("hostile cases are shown as what they are and run nothing", { timeout: 180_000 }, async () => {
  const cases = NASTY.map((text, n) => ({
    key: `${n} ${text}`.slice(0, 120),
    messages: [{ role: "user", content: text }],
    variables: { [text.slice(0, 50)]: text },
    expected: { [text.slice(0, 50)]: text },
    tags: [text.slice(0, 60)],
    group: text.slice(0, 120),
  }));
  await importCases("hostile", cases);
  const page = await openDataset("hostile");
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await cellOf(page, 6, 2).waitFor();
  expect(await page.locator("[role=grid] img, [role=grid] script, [role=grid] a").count()).toBe(0);
  await expect.poll(() => cellOf(page, 2, 3).textContent()).toContain("⟨202E⟩");
  for (const row of [1, 2, 5]) {
    await cellOf(page, row, 3).click();
    await page.getByRole("dialog").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  expect(dialogs).toBe(0);
  expect(faultsOf(page)).toEqual([]);
  await page.context().close();
});
