import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../kit/start-server.ts";
import { ALL_PAGES, type KnownPage, pathOn } from "./kit/all-pages.ts";
import { findViolations } from "./kit/check-accessibility.ts";
import { countScript, type ScriptCount } from "./kit/count-script.ts";
import { fillWork, type Work } from "./kit/fill-work.ts";
import { faultsOf, openWeb, type PageOptions, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

const NARROW_PX = 360;
/** As many as show each part of a run's pages; the verdict over all of them is another test's. */
const CASES = 6;
/** Until what follows the theme by script does so too. */
const PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

/** Bytes of script over the wire, compressed, for a page that is opened with an empty cache. */
const FIRST_VIEW_BYTES_MAX = 150_000;
/** The first view with the frame of those who are logged in, and what is in production. */
const HOME_BYTES_MAX = 172_000;
const FURTHER_PAGE_BYTES_MAX = 250_000;

function scriptBytesMax(name: string): number {
  if (name === "login" || name === "refused login") return FIRST_VIEW_BYTES_MAX;
  return name === "home" ? HOME_BYTES_MAX : FURTHER_PAGE_BYTES_MAX;
}

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

/** A route as the table names it. */
function documented(route: string): string {
  return route.replaceAll(/\$(\w+)/g, "<$1>").replace("<changeId>", "<change>");
}

test("docs/web.md tells of every page where it is, and of none that is not there", () => {
  const told = [...readFileSync(join(ROOT, "docs/web.md"), "utf8").matchAll(/^\|.*\| `([^`?]+)[^`]*` \|$/gm)];
  const known = ALL_PAGES.map(({ route }) => route.replace("/t/$tenant", ""));
  expect([...new Set(told.map(([, path]) => path))].toSorted()).toEqual(
    [...new Set(known)].map(documented).toSorted(),
  );
});

describe("every page", { timeout: 180_000 }, () => {
  let web: Web;
  let work: Work;
  beforeAll(async () => {
    web = await openWeb();
    work = await fillWork(web.server, CASES);
  }, 240_000);
  afterAll(() => web?.[Symbol.asyncDispose]());

  interface Opened {
    page: Page;
    script: ScriptCount;
  }

  async function open(options: PageOptions): Promise<Opened> {
    const page = await web.openPage(options);
    return { page, script: await countScript(page) };
  }

  const opened = new Map<string, Promise<Opened>>();

  /** One browser page for all that look alike: people log in once, too. */
  async function visit(known: KnownPage, options: PageOptions): Promise<Opened> {
    const all = { ...options, isLoggedIn: known.isPublic === undefined };
    const look = JSON.stringify(all);
    const kept = opened.get(look) ?? open(all);
    opened.set(look, kept);
    const { page, script } = await kept;
    faultsOf(page).length = 0;
    script.bytes = 0;
    await page.goto(pathOn(known, work));
    await settle(page);
    return { page, script };
  }

  test.each(ALL_PAGES)(
    "$name loads no more script than it may, and breaks no rule of axe and no policy in either theme",
    async (known) => {
      const { page, script } = await visit(known, {});
      await page.waitForLoadState("networkidle");
      if (known.path.includes("{")) expect(await page.getByRole("alert").count()).toBe(0);
      expect(script.bytes).toBeGreaterThan(0);
      expect(script.bytes).toBeLessThanOrEqual(scriptBytesMax(known.name));
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        // Before the log-in nothing listens: there the theme is what it was when the page was opened.
        if (known.isPublic === true) await visit(known, {});
        await page.locator(colorScheme === "dark" ? "html.dark" : "html:not(.dark)").waitFor();
        await page.evaluate(PAINTED);
        // Who asks for less motion gets none: nothing is on its way between the themes' colours.
        expect(await page.evaluate("document.getAnimations().length")).toBe(0);
        expect(await findViolations(page), colorScheme).toEqual([]);
      }
      expect(await page.locator("h1").count()).toBe(1);
      expect(faultsOf(page)).toEqual([]);
    },
  );

  test.each(ALL_PAGES)("$name fits a screen of 360 pixels, in Polish", async (known) => {
    const { page } = await visit(known, { width: NARROW_PX, height: 740, language: "pl" });
    await expect
      .poll(() => page.evaluate("document.documentElement.scrollWidth"))
      .toBeLessThanOrEqual(NARROW_PX);
  });
});
