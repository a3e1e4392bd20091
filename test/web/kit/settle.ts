import type { Page } from "playwright-core";

/** Waits until a page has its heading and nothing on it is being loaded any more. */
export async function settle(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction("document.querySelector('[role=status] .animate-pulse') === null");
  await page.evaluate("document.fonts.ready");
}
