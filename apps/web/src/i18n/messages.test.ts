import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { LANGUAGES } from "./languages.ts";

type Messages = { [key: string]: string | Messages };

const root = fileURLToPath(new URL("..", import.meta.url));
const areas = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((area) => readdirSync(`${root}/${area}`).includes("messages.en.json"));

function read(area: string, language: string): Map<string, string> {
  return flatten(JSON.parse(readFileSync(`${root}/${area}/messages.${language}.json`, "utf8")));
}

function flatten(messages: Messages, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

const PLURAL = /_(zero|one|two|few|many|other)$/;
const singular = (keys: Iterable<string>) =>
  [...new Set([...keys].map((key) => key.replace(PLURAL, "")))].sort();
const pluralForms = (messages: Map<string, string>, key: string) =>
  [...messages.keys()].filter((each) => PLURAL.test(each) && each.replace(PLURAL, "") === key);
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort();

describe.each(areas)("the texts of %s", (area) => {
  const english = read(area, "en");

  test.each(LANGUAGES)("are complete in %s", (language) => {
    const messages = read(area, language);
    expect(singular(messages.keys())).toEqual(singular(english.keys()));
    expect([...messages].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test.each(LANGUAGES)("have every plural form that %s needs", (language) => {
    const messages = read(area, language);
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = singular([...messages.keys()].filter((key) => PLURAL.test(key)));
    for (const key of counted) {
      expect(pluralForms(messages, key).sort()).toEqual(needed.map((form) => `${key}_${form}`).sort());
    }
  });

  test("name the same values in every language", () => {
    const polish = read(area, "pl");
    for (const [key, text] of english) {
      const other = polish.get(key) ?? polish.get(key.replace(PLURAL, "_many")) ?? "";
      expect([key, placeholders(other)]).toEqual([key, placeholders(text)]);
    }
  });
});
