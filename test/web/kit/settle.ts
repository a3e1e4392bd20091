import type { Page } from "playwright-core";

/** Waits until a page has its heading and nothing on it is being loaded any more. */
export async function settle(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.locator("[role=status] .animate-pulse").first().waitFor({ state: "detached" });
  await page.evaluate("document.fonts.ready");
}
