import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadSuite } from "./load-suite.ts";

const root = join(import.meta.dirname, "../../../..");

/** These need somewhere to go and are tested with one. */
const ELSEWHERE = ["webhook", "javascript"];

it.each(["airline", "bank"])(
  "%s runs a suite of every scorer that the page of scorers has",
  async (tenant) => {
    const page = await readFile(join(root, "docs/scorers.md"), "utf8");
    const types = [...page.matchAll(/^### `([a-z0-9-]+)`/gm)].map(([, type]) => type);
    const { spec } = await loadSuite(join(root, `evals/${tenant}/every-scorer.yaml`));
    const used = new Set(spec.scorers.map(({ type }) => type));
    const missing = types.filter((type) => ![...used, ...ELSEWHERE].includes(type as string));
    expect(missing).toEqual([]);
    expect(used.size).toBeGreaterThan(40);
  },
);
