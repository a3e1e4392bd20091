import { join } from "node:path";
import { expect, test } from "vitest";
import { SCORERS } from "./scorers/index.ts";
import { scorersPage } from "./scorers-page.ts";

test("docs/scorers.md is the list of scorers as it is now (npm run docs:scorers writes it)", async () => {
  const page = scorersPage();
  for (const { type } of SCORERS) expect(page).toContain(`### \`${type}\` · `);
  await expect(page).toMatchFileSnapshot(join(import.meta.dirname, "../../../docs/scorers.md"));
});
