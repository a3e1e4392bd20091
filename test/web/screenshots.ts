import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ALL_PAGES } from "./kit/all-pages.ts";
import { openWeb, type PageOptions } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

const LOOKS: readonly (PageOptions & { name: string })[] = [
  { name: "light", theme: "light" },
  { name: "dark", theme: "dark" },
  { name: "narrow", theme: "light", width: 360, height: 740 },
  { name: "polish", theme: "light", language: "pl" },
];

// Pictures of every page in both themes, at 360 pixels and in Polish: `npm run screenshots -- --out DIR [--only NAME]`.
const { values } = parseArgs({
  options: { out: { type: "string", default: "screenshots" }, only: { type: "string" } },
});
await mkdir(values.out, { recursive: true });
await using web = await openWeb();
for (const look of LOOKS) {
  for (const { name, path, isPublic } of ALL_PAGES.filter((page) => page.name.includes(values.only ?? ""))) {
    const page = await web.openPage({ ...look, isLoggedIn: isPublic === undefined });
    await page.goto(path);
    await settle(page);
    await page.screenshot({ path: join(values.out, `${name}-${look.name}.png`), fullPage: true });
    await page.context().close();
    console.log(`${name} ${look.name}`);
  }
}
