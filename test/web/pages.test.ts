import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../kit/start-server.ts";
import { ALL_PAGES, type KnownPage } from "./kit/all-pages.ts";
import { findViolations } from "./kit/check-accessibility.ts";
import { faultsOf, openWeb, type PageOptions, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

const NARROW_PX = 360;
/** Until what follows the theme by script does so too. */
const PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

/** The paths in the routes files, as they are written there. */
function writtenRoutes(): string[] {
  const areas = join(ROOT, "apps/web/src");
  return readdirSync(areas, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("-routes.ts"))
    .flatMap((file) => [
      ...readFileSync(join(areas, file), "utf8").matchAll(
        /getParentRoute: \(\) => (\w+)Route,\s*path: "([^"]+)"/g,
      ),
    ])
    .map(([, parent, path]) => (parent === "tenant" ? `/t/$tenant${path}` : (path ?? "")));
}

test("every page of the UI is in the list of pages", () => {
  const known = [...new Set(ALL_PAGES.map(({ route }) => route))];
  // "/" only leads on.
  expect(known.toSorted()).toEqual(
    writtenRoutes()
      .filter((route) => route !== "/")
      .toSorted(),
  );
});

describe("every page", () => {
  let web: Web;
  beforeAll(async () => {
    web = await openWeb();
  });
  afterAll(() => web?.[Symbol.asyncDispose]());

  const opened = new Map<string, Promise<Page>>();

  /** One page for all that look alike: what they share is loaded once. */
  async function visit({ path, isPublic }: KnownPage, options: PageOptions): Promise<Page> {
    const isLoggedIn = isPublic === undefined;
    const look = JSON.stringify({ ...options, isLoggedIn });
    if (!opened.has(look)) opened.set(look, web.openPage({ ...options, isLoggedIn }));
    const page = (await opened.get(look)) as Page;
    faultsOf(page).length = 0;
    await page.goto(path);
    await settle(page);
    return page;
  }

  test.each(ALL_PAGES)("$name breaks no rule of axe and no policy, in either theme", async (known) => {
    const page = await visit(known, {});
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // Before the log-in nothing listens: there the theme is what it was when the page was opened.
      if (known.isPublic === true) await visit(known, {});
      await page.locator(colorScheme === "dark" ? "html.dark" : "html:not(.dark)").waitFor();
      await page.evaluate(PAINTED);
      expect(await findViolations(page), colorScheme).toEqual([]);
    }
    expect(await page.locator("h1").count()).toBe(1);
    expect(faultsOf(page)).toEqual([]);
  });

  test.each(ALL_PAGES)("$name fits a screen of 360 pixels, in Polish", async (known) => {
    const page = await visit(known, { width: NARROW_PX, height: 740, language: "pl" });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(NARROW_PX);
  });
});
