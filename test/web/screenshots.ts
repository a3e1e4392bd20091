import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { ALL_PAGES, type KnownPage, pathOn } from "./kit/all-pages.ts";
import { fillWork, type Work } from "./kit/fill-work.ts";
import { openWeb, type PageOptions, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";
import { smallPng } from "./kit/small-png.ts";

type Look = PageOptions & { name: string };
const LOOKS: readonly Look[] = [
  { name: "light", theme: "light" },
  { name: "dark", theme: "dark" },
  { name: "narrow", theme: "light", width: 360, height: 740 },
  { name: "polish", theme: "light", language: "pl" },
];
const README_LOOK = { theme: "light", width: 1200, height: 720, isLoggedIn: true } as const;

/** What is done on a page before its picture, where without it there is nothing to see. */
const DEEDS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  playground: async (page) => {
    await page.locator("textarea").first().fill("My suitcase did not come out on the belt.");
    await page.keyboard.press("Control+Enter");
    await page.getByText("urgency").nth(1).waitFor();
  },
};

type Picture = Pick<KnownPage, "name" | "path" | "isPublic">;

/** Every page, and what opens within pages. */
function picturesOf(work: Work): Picture[] {
  const more = {
    "prompt versions": "prompts/support-triage?tab=versions",
    "prompt difference": "prompts/support-triage?tab=versions&from=2&to=3",
    "prompt use": "prompts/support-triage?tab=use",
    "promote refused": "prompts/support-triage/promote?version=2",
    "promote accepted": "prompts/support-triage/promote?version=3",
    "evaluation passed": "evaluations/{passedRun}",
  };
  return [
    ...ALL_PAGES,
    ...Object.entries(more).map(([name, place]) => ({ name, path: `/t/airline/${place}` })),
  ].map((picture) => ({ ...picture, path: pathOn(picture, work) }));
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settle(page);
  // Charts and lazy parts.
  await page.waitForLoadState("networkidle");
}

/** The whole page on one screen: what sticks to an edge of it would otherwise stand in the middle of the picture. */
async function grow(page: Page, { width, height }: { width: number; height: number }): Promise<void> {
  const wanted = Number(await page.evaluate("document.documentElement.scrollHeight"));
  if (wanted > height) await page.setViewportSize({ width, height: wanted });
}

/** One browser's memory for all pages of a look, so that what they share is loaded once. */
async function takeLook(
  web: Web,
  look: Look,
  { pictures, out }: { pictures: readonly Picture[]; out: string },
) {
  const { width = 1280, height = 860 } = look;
  const persons = {
    visitor: await web.openPage(look),
    admin: await web.openPage({ ...look, isLoggedIn: true }),
  };
  for (const { name, path, isPublic } of pictures) {
    const page = persons[isPublic ? "visitor" : "admin"];
    await page.setViewportSize({ width, height });
    await show(page, path);
    await DEEDS[name]?.(page);
    await grow(page, { width, height });
    await page.screenshot({ path: join(out, `${name}-${look.name}.png`), fullPage: true });
    console.log(`${name} ${look.name}`);
  }
  for (const page of Object.values(persons)) await page.context().close();
}

/** The four of the README, made small. */
async function takeReadme(web: Web, { refusedRun, change }: Work, out: string): Promise<void> {
  const page = await web.openPage(README_LOOK);
  const take = async (name: string, path: string) => {
    await show(page, `/t/airline${path}`);
    await writeFile(join(out, `${name}.png`), smallPng(await page.screenshot()));
  };
  const airline = createClient({ baseUrl: web.server.url, key: web.server.keys.airline });
  await airline.withdrawChange({ changeId: change, reason: "Done by hand." });
  await take("editor", "/prompts/support-triage");
  await take("verdict", `/evaluations/${refusedRun}`);
  await take("promote", "/prompts/support-triage/promote?version=3");
  const label = { prompt: "support-triage", label: "production" };
  await airline.moveLabel({ ...label, version: 3 });
  await airline.proposeChange({ ...label, version: 2, title: "A friendlier tone" });
  await take("home", "");
}

// Pictures of every page in both themes, at 360 pixels and in Polish: `npm run screenshots -- --out DIR [--only NAME] [--look LOOK]`;
// with `--readme`, of the README's four pages instead.
const { values } = parseArgs({
  options: {
    out: { type: "string", default: "screenshots" },
    only: { type: "string", default: "" },
    look: { type: "string", default: "" },
    readme: { type: "boolean", default: false },
  },
});
await mkdir(values.out, { recursive: true });
await using web = await openWeb();
const work = await fillWork(web.server);
if (values.readme) await takeReadme(web, work, values.out);
else {
  const pictures = picturesOf(work).filter(({ name }) => name.includes(values.only));
  const looks = LOOKS.filter(({ name }) => name.includes(values.look));
  for (const look of looks) await takeLook(web, look, { pictures, out: values.out });
}
