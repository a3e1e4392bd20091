import type { Json } from "@assay/core";
import { type ConvertedAssertion, convertAssertion } from "./convert-assertion.ts";
import { AFFIXES } from "./convert-prompts.ts";
import { fillIn } from "./convert-template.ts";
import type { AddNote } from "./notes.ts";
import { asList, asNumber, asText, isMap, type JsonMap, slugOf } from "./plain-values.ts";
import { type ConfigFiles, isFileReference } from "./read-config.ts";
import type { PlacedAssertion, PromptfooTest } from "./read-tests.ts";

export interface ConvertedTests {
  /** Lines of the dataset. */
  cases: JsonMap[];
  /** What the suite asks of every case. */
  scorers: JsonMap[];
}

/**
 * Tests as cases. What a test asserts stands in its case, because tests differ in it: the scorer `assertions` reads it
 * from there. Only an assertion that asks a model stands in the suite, and only where all tests make the same.
 */
export async function convertTests(
  tests: readonly PromptfooTest[],
  { variables, files, note }: { variables: readonly string[]; files: ConfigFiles; note: AddNote },
): Promise<ConvertedTests> {
  const keys = new Set<string>();
  const asking: Map<string, ConvertedAssertion>[] = [];
  const cases: JsonMap[] = [];
  for (const [index, test] of tests.entries()) {
    const given = {
      ...test,
      vars: filled(test.vars, test.vars, { place: `${test.place}.vars`, note }) as JsonMap,
    };
    const assertions = await convertAll(given, files, note);
    asking.push(
      new Map(assertions.filter((one) => one.isAsking).map((one) => [JSON.stringify(one.entry), one])),
    );
    cases.push({
      key: freeKey(slugOf(test.description ?? "", `test-${index + 1}`), keys),
      variables: variablesOfCase(given, variables),
      ...tagsOf(test),
      expected: {
        assertions: assertions.filter((one) => !one.isAsking).map(assertionOf),
        ...thresholdOf(test),
      },
    });
  }
  return { cases, scorers: [{ type: "assertions", threshold: 1 }, ...sharedScorers(asking, note)] };
}

function assertionOf({ entry, expected }: ConvertedAssertion): Json {
  return { ...entry, ...(expected !== undefined && { expected }) };
}

function thresholdOf({ threshold }: PromptfooTest): JsonMap {
  const number = asNumber(threshold);
  return number === undefined ? {} : { threshold: Math.min(1, Math.max(0, number)) };
}

/**
 * The variables of the prompts, and no others. Nunjucks writes nothing for one that is not there; here each must be.
 * Null is what both write nothing for and take for false, as Nunjucks does an empty text and Liquid does not.
 */
function variablesOfCase({ vars, options }: PromptfooTest, variables: readonly string[]): JsonMap {
  const given: JsonMap = { ...vars };
  for (const [option, name] of Object.entries(AFFIXES)) given[name] = asText(options[option]);
  return Object.fromEntries(
    variables.map((name) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      return [name, value === undefined || value === "" ? null : value];
    }),
  );
}

function tagsOf({ metadata }: PromptfooTest): JsonMap {
  const tags = Object.entries(metadata).flatMap(([name, value]) =>
    asList(value).map((one) => `${name}:${asText(one)}`),
  );
  return tags.length === 0 ? {} : { tags: tags.slice(0, 50).map((tag) => tag.slice(0, 64)) };
}

async function convertAll(
  test: PromptfooTest,
  files: ConfigFiles,
  note: AddNote,
): Promise<ConvertedAssertion[]> {
  const converted: ConvertedAssertion[] = [];
  for (const [name] of Object.entries(test.options).filter(([option]) => !Object.hasOwn(AFFIXES, option))) {
    const from = test.inheritedOptions.has(name) ? "defaultTest" : test.place;
    note(from, `its option "${name}" cannot be taken over`);
  }
  for (const { place, assertion } of flattened(test, note)) {
    const value = await filledValue(assertion, { test, files, place, note });
    const one = convertAssertion(value === undefined ? assertion : { ...assertion, value });
    if (typeof one === "string") note(place, one);
    else {
      if (one.caution !== undefined) note(place, `"${asText(assertion.type)}": ${one.caution}`);
      converted.push(one);
    }
  }
  return converted;
}

/** A set of assertions passes when each of its own does, so its members stand for it where nothing else is asked. */
function flattened(test: PromptfooTest, note: AddNote): PlacedAssertion[] {
  return test.assert.flatMap(({ place, assertion }) => {
    if (assertion.type !== "assert-set") return [{ place, assertion }];
    if (assertion.threshold !== undefined || test.threshold !== undefined) {
      const message =
        "an assert-set with a threshold, its own or the test's, is taken over as its members, all of which must pass";
      note(place, message);
    }
    return asList(assertion.assert).flatMap((member, index) =>
      isMap(member) ? [{ place: `${place}.assert[${index}]`, assertion: member }] : [],
    );
  });
}

async function filledValue(
  { value }: JsonMap,
  { test, files, place, note }: { test: PromptfooTest; files: ConfigFiles; place: string; note: AddNote },
): Promise<Json | undefined> {
  if (value === undefined) return undefined;
  const read =
    isFileReference(value) && !/\.(?:[cm]?[jt]s|py|rb)(?::\w+)?$/.test(value)
      ? await files.value(value)
      : value;
  return filled(read, test.vars, { place, note });
}

function filled(value: Json, vars: JsonMap, where: { place: string; note: AddNote }): Json {
  if (typeof value === "string") return fillIn(value, vars, where);
  if (Array.isArray(value)) return value.map((item) => filled(item, vars, where));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, filled(member, vars, where)]),
  );
}

function sharedScorers(asking: readonly Map<string, ConvertedAssertion>[], note: AddNote): JsonMap[] {
  const [first = new Map<string, ConvertedAssertion>(), ...others] = asking;
  const all = new Map(asking.flatMap((found) => [...found]));
  const scorers: JsonMap[] = [];
  for (const [text, { entry }] of all) {
    const isShared = first.has(text) && others.every((found) => found.has(text));
    const type = asText(entry.type);
    if (!isShared)
      note("tests", `"${type}" asks a model and is not the same for all tests, so no suite can hold it`);
    else {
      const name = asText(entry.name ?? type);
      const isTaken = scorers.some((scorer) => (scorer.name ?? scorer.type) === name);
      scorers.push({ threshold: 1, ...entry, ...(isTaken && { name: `${name} ${scorers.length + 1}` }) });
    }
  }
  return scorers;
}

function freeKey(wanted: string, keys: Set<string>): string {
  let key = wanted;
  for (let count = 2; keys.has(key); count += 1) key = `${wanted}-${count}`;
  keys.add(key);
  return key;
}
