import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** Prints the address of every module that an entry loads. */
const LIST_LOADED = `
  import { registerHooks } from "node:module";
  const load = (url, context, next) => {
    console.log(url);
    return next(url, context);
  };
  registerHooks({ load });
  await import(process.argv[1]);`;

function loadedBy(entry: string): string {
  return execFileSync(process.execPath, ["--input-type=module", "-e", LIST_LOADED, entry], {
    encoding: "utf8",
  });
}

test("the client loads no schema, so that browsers and command lines start without them", () => {
  const loaded = loadedBy(import.meta.resolve("./index.ts"));
  expect(loaded).toContain("/route-table.ts");
  expect(loaded.split("\n").filter((url) => /zod|packages\/core/.test(url))).toEqual([]);
});

test("neither does @assay/core/plain", () => {
  const loaded = loadedBy(import.meta.resolve("@assay/core/plain"));
  expect(loaded).toContain("/plain.ts");
  expect(loaded).not.toContain("zod");
});
