import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../kit/start-server.ts";
import { ALL_PAGES } from "./kit/all-pages.ts";
import { findViolations } from "./kit/check-accessibility.ts";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

const NARROW_PX = 360;

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

  describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
    test.each(ALL_PAGES)("$name breaks no rule of axe and no policy", async ({ path, isPublic }) => {
      const page = await web.openPage({ theme, isLoggedIn: isPublic === undefined });
      await page.goto(path);
      await settle(page);
      expect(await findViolations(page)).toEqual([]);
      expect(await page.locator("h1").count()).toBe(1);
      expect(faultsOf(page)).toEqual([]);
      await page.context().close();
    });
  });

  test.each(ALL_PAGES)("$name fits a screen of 360 pixels, in Polish", async ({ path, isPublic }) => {
    const isLoggedIn = isPublic === undefined;
    const page = await web.openPage({ width: NARROW_PX, height: 740, language: "pl", isLoggedIn });
    await page.goto(path);
    await settle(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(NARROW_PX);
    await page.context().close();
  });
});
