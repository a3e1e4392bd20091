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

const LOOKS: readonly (PageOptions & { name: string })[] = [
  { name: "light", theme: "light" },
  { name: "dark", theme: "dark" },
  { name: "narrow", theme: "light", width: 360, height: 740 },
  { name: "polish", theme: "light", language: "pl" },
];
const README_LOOK = { theme: "light", width: 1200, height: 720, isLoggedIn: true } as const;

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

async function takeAll(web: Web, pictures: readonly Picture[], out: string): Promise<void> {
  for (const look of LOOKS) {
    for (const { name, path, isPublic } of pictures) {
      const page = await web.openPage({ ...look, isLoggedIn: isPublic === undefined });
      await show(page, path);
      await page.screenshot({ path: join(out, `${name}-${look.name}.png`), fullPage: true });
      await page.context().close();
      console.log(`${name} ${look.name}`);
    }
  }
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

// Pictures of every page in both themes, at 360 pixels and in Polish: `npm run screenshots -- --out DIR [--only NAME]`;
// with `--readme`, of the README's four pages instead.
const { values } = parseArgs({
  options: {
    out: { type: "string", default: "screenshots" },
    only: { type: "string", default: "" },
    readme: { type: "boolean", default: false },
  },
});
await mkdir(values.out, { recursive: true });
await using web = await openWeb();
const work = await fillWork(web.server);
if (values.readme) await takeReadme(web, work, values.out);
else {
  const pictures = picturesOf(work).filter(({ name }) => name.includes(values.only));
  await takeAll(web, pictures, values.out);
}
