import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SOURCE = import.meta.dirname;
/** Who runs statements that are files of ours: migrations. `name:` is the place where text meets the database. */
const MAY_RUN_TEXT = new Set(["migrate-sqlite.ts", "migrate-postgres.ts"]);

function sourceFiles(): { name: string; text: string }[] {
  return readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.startsWith("testing/"))
    .map((name) => ({ name, text: readFileSync(join(SOURCE, name), "utf8") }));
}

/** Places where text could become a statement: the builders that escape nothing, and calls given no literal. */
function riskyPlaces(text: string): string[] {
  const unescaped =
    text.match(/\bsql\.(raw|identifier)\((?!"[\w ]*"\))[^)]*|\.as\((?!["'][\w ]*["']\))[^)]*/g) ?? [];
  const interpolated = text.match(/\.(exec|prepare|query|pragma)\(\s*(`[^`]*\$\{[^`]*`|"[^"]*" \+)/g) ?? [];
  const variable =
    text.match(/\b(?:writer|reader|client|pool|connection)\.(?:exec|prepare|query)\(\s*[a-z]\w*/g) ?? [];
  return [...unescaped, ...interpolated, ...variable];
}

test("no statement is made of text outside the migrations", () => {
  const files = sourceFiles();
  expect(files.length).toBeGreaterThan(30);
  const offenders = files.flatMap(({ name, text }) =>
    MAY_RUN_TEXT.has(name) ? [] : riskyPlaces(text).map((place) => `${name}: ${place}`),
  );
  const allowed = [
    // Chooses between two literals.
    "open-postgres.ts: client.query(wanted",
    // The query builder made the text from a table's definition alone; every value is a parameter.
    "insert-rows.ts: connection.prepare(text",
  ];
  expect(offenders.filter((offender) => !allowed.includes(offender))).toEqual([]);
});

test("the check sees what it is there for", () => {
  const bad = [
    "sql.raw(name)",
    "sql.identifier(column)",
    "x.as(alias)",
    "db.exec(`drop $" + "{name}`)",
    "client.query(text)",
  ];
  for (const line of bad) expect([line, riskyPlaces(line).length]).toEqual([line, 1]);
  const good = [
    'sql.raw("asc")',
    'x.as("total")',
    'writer.exec("COMMIT")',
    'client.query("select $1", [name])',
  ];
  for (const line of good) expect([line, riskyPlaces(line)]).toEqual([line, []]);
});

test("drizzle is loaded in one place, in the form that is cheap to load", () => {
  const takers = sourceFiles().filter(({ text }) =>
    /^(?:import|export) (?!type)[^;]*from "drizzle-orm[^"]*";/m.test(text),
  );
  expect(takers.map(({ name }) => name)).toEqual([]);
});
