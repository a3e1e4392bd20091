import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf, openWeb, type PageOptions, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

let web: Web;
beforeAll(async () => {
  web = await openWeb({}, { hasScrollBars: true });
}, 180_000);
afterAll(() => web?.[Symbol.asyncDispose]());

async function openConsole(options: PageOptions): Promise<Page> {
  const page = await web.openPage({ isLoggedIn: true, ...options });
  await page.goto("/operator");
  await settle(page);
  await page.getByRole("row", { name: /airline/ }).waitFor();
  return page;
}

const menuButton = (page: Page) => page.getByRole("button", { name: "Actions for airline" });
const widthOf = (page: Page) =>
  page.evaluate<number>("document.querySelector('#root').getBoundingClientRect().width");
const touchOfPane = (page: Page) =>
  page.evaluate<string>(
    "getComputedStyle(document.querySelector('[role=dialog]').previousElementSibling).touchAction",
  );

/** Taps the middle of it, whatever lies over it, and waits until the browser has made a click of that. */
async function tap(of: Locator): Promise<void> {
  const box = await of.boundingBox();
  if (box === null) throw new Error("There is nothing to tap.");
  const page = of.page();
  await page.evaluate(
    "window.clicked = false; addEventListener('click', () => { window.clicked = true; }, { once: true });",
  );
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForFunction("window.clicked");
  // What the click sets off is drawn by the second frame.
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}

describe("what opens over the page", { timeout: 120_000 }, () => {
  test("leaves it as wide as it is beside its scroll bar, however it comes and goes", async () => {
    const page = await openConsole({ width: 1280, height: 320 });
    const before = await widthOf(page);
    expect(before).toBeLessThan(1280);
    await menuButton(page).click();
    await page.getByRole("menu").waitFor();
    const widths = [await widthOf(page)];
    await page.getByRole("menuitem", { name: "Set limits" }).click();
    await page.getByRole("dialog").waitFor();
    await page.getByRole("menu").waitFor({ state: "detached" });
    widths.push(await widthOf(page));
    await page.keyboard.press("Control+K");
    await page.getByRole("combobox").waitFor();
    widths.push(await widthOf(page));
    await page.keyboard.press("Escape");
    await page.getByRole("combobox").waitFor({ state: "detached" });
    widths.push(await widthOf(page));
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    widths.push(await widthOf(page));
    expect(widths).toEqual(widths.map(() => before));
    expect(faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  test("is opened and closed by a finger, which does nothing to what lies behind", async () => {
    const page = await openConsole({ hasTouch: true });
    const menu = page.getByRole("menu");
    const behind = page.getByText("Make a tenant", { exact: true });
    // The first time the menu is loaded; after that it opens as the finger comes down.
    for (let time = 1; time <= 2; time += 1) {
      await tap(menuButton(page));
      await menu.waitFor();
      await tap(behind);
      await menu.waitFor({ state: "detached" });
      expect(await page.getByRole("dialog").count()).toBe(0);
    }
    await tap(menuButton(page));
    await tap(page.getByRole("menuitem", { name: "Set limits" }));
    await page.getByRole("dialog").waitFor();
    // Two fingers still make the page larger.
    expect(await touchOfPane(page)).toBe("pinch-zoom");
    expect(faultsOf(page)).toEqual([]);
    await page.context().close();
  });
});
