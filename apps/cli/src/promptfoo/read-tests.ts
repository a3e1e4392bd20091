import type { Json } from "@assay/core";
import { convertCsvRow } from "./csv-test.ts";
import type { AddNote } from "./notes.ts";
import { asList, isMap, type JsonMap } from "./plain-values.ts";
import { type ConfigFiles, isFileReference } from "./read-config.ts";

export interface PlacedAssertion {
  place: string;
  assertion: JsonMap;
}

/** A test with its own settings merged over `defaultTest`. */
export interface PromptfooTest {
  place: string;
  description: string | undefined;
  vars: JsonMap;
  /** Its own and those of `defaultTest`, each with the place where it stands. */
  assert: PlacedAssertion[];
  threshold: Json | undefined;
  options: JsonMap;
  /** Options that it has from `defaultTest` alone. */
  inheritedOptions: ReadonlySet<string>;
  metadata: JsonMap;
}

interface Found {
  place: string;
  test: JsonMap;
  /** Where they do not all stand in the test itself. */
  assert?: PlacedAssertion[];
}

const KNOWN = new Set(["description", "vars", "assert", "threshold", "options", "metadata"]);

/** Every test that a config runs: its tests, its scenarios, and one for each combination of lists in its variables. */
export async function readTests(
  config: JsonMap,
  files: ConfigFiles,
  note: AddNote,
): Promise<PromptfooTest[]> {
  const base = await defaultTest(config, files);
  const found = [
    ...(await listTests(config.tests, { place: "tests", files, note })),
    ...(await scenarioTests(config.scenarios, files, note)),
  ];
  const tests = found.length === 0 ? [{ place: "defaultTest", test: {} }] : found;
  const read: PromptfooTest[] = [];
  for (const entry of tests) {
    for (const vars of await expandVars(
      { ...mapOf(base.vars), ...mapOf(entry.test.vars) },
      files,
      entry.place,
    )) {
      read.push(mergeTest(base, entry, { vars, note }));
    }
  }
  return read;
}

async function defaultTest(config: JsonMap, files: ConfigFiles): Promise<JsonMap> {
  const value = isFileReference(config.defaultTest)
    ? await files.value(config.defaultTest)
    : config.defaultTest;
  return mapOf(value);
}

async function listTests(
  value: Json | undefined,
  { place, files, note }: { place: string; files: ConfigFiles; note: AddNote },
): Promise<Found[]> {
  const found: Found[] = [];
  for (const [index, item] of asList(value).entries()) {
    const here = Array.isArray(value) ? `${place}[${index}]` : place;
    if (typeof item === "string") found.push(...(await fileTests(item, { place: here, files, note })));
    else if (isMap(item)) found.push({ place: here, test: item });
  }
  return found;
}

async function fileTests(
  reference: string,
  { place, files, note }: { place: string; files: ConfigFiles; note: AddNote },
): Promise<Found[]> {
  if (!/\.(csv|ya?ml|json|jsonl)$/.test(reference)) {
    note(place, `tests from ${reference} cannot be taken over; write them as a CSV, JSONL or YAML file`);
    return [];
  }
  const rows = asList(await files.value(reference));
  return rows.filter(isMap).map((row, index) => ({
    place: `${place} ${reference} row ${index + 1}`,
    test: reference.endsWith(".csv") ? convertCsvRow(row) : row,
  }));
}

/** Each of a scenario's settings with each of its tests. */
async function scenarioTests(value: Json | undefined, files: ConfigFiles, note: AddNote): Promise<Found[]> {
  const found: Found[] = [];
  for (const [index, scenario] of asList(value).filter(isMap).entries()) {
    const place = `scenarios[${index}]`;
    const tests = await listTests(scenario.tests, { place: `${place}.tests`, files, note });
    for (const [at, settings] of asList(scenario.config).filter(isMap).entries()) {
      for (const { place: of, test } of tests.length === 0 ? [{ place, test: {} as JsonMap }] : tests) {
        found.push({
          place: `${of} with config[${at}]`,
          test: {
            ...settings,
            ...test,
            vars: { ...mapOf(settings.vars), ...mapOf(test.vars) },
          },
          assert: [...placed(settings.assert, `${place}.config[${at}]`), ...placed(test.assert, of)],
        });
      }
    }
  }
  return found;
}

function mergeTest(
  base: JsonMap,
  { place, test, assert: own }: Found,
  { vars, note }: { vars: JsonMap; note: AddNote },
): PromptfooTest {
  const unknown = [...Object.keys(test), ...Object.keys(base)].filter((name) => !KNOWN.has(name));
  for (const name of new Set(unknown)) note(place, `"${name}" cannot be taken over`);
  return {
    place,
    description: typeof test.description === "string" ? test.description : undefined,
    vars,
    assert: [...placed(base.assert, "defaultTest"), ...(own ?? placed(test.assert, place))],
    threshold: test.threshold ?? base.threshold,
    options: { ...mapOf(base.options), ...mapOf(test.options) },
    inheritedOptions: new Set(
      Object.keys(mapOf(base.options)).filter((name) => !Object.hasOwn(mapOf(test.options), name)),
    ),
    metadata: { ...mapOf(base.metadata), ...mapOf(test.metadata) },
  };
}

/** One set of variables for each combination of those that are lists, as promptfoo runs them. */
async function expandVars(vars: JsonMap, files: ConfigFiles, place: string): Promise<JsonMap[]> {
  let combinations: JsonMap[] = [{}];
  for (const [name, value] of Object.entries(vars)) {
    const read = isFileReference(value) ? await files.value(value) : value;
    const choices = Array.isArray(read) ? read : [read];
    combinations = combinations.flatMap((soFar) => choices.map((choice) => ({ ...soFar, [name]: choice })));
    if (combinations.length > 10_000)
      throw new Error(`${place}: its variables make more than 10,000 combinations.`);
  }
  return combinations;
}

function placed(value: Json | undefined, of: string): PlacedAssertion[] {
  return asList(value).flatMap((assertion, index) =>
    isMap(assertion) ? [{ place: `${of}.assert[${index}]`, assertion }] : [],
  );
}

function mapOf(value: Json | undefined): JsonMap {
  return isMap(value) ? value : {};
}
