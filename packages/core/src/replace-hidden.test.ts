import { expect, test } from "vitest";
import { replaceHidden } from "./replace-hidden.ts";

const named = (text: string) => replaceHidden(text, (_, hex) => `<${hex}>`);

test("names what a terminal obeys, what has no width, what turns the direction, and tags", () => {
  expect(named("\u0000\u001b\r\u009b")).toBe("<0000><001b><000d><009b>");
  expect(named("a\u00adb\u200bc\u200dd\u2060e\ufeff")).toBe("a<00ad>b<200b>c<200d>d<2060>e<feff>");
  expect(named("\u061c\u200f\u2028\u2029\u202e\u2066")).toBe("<061c><200f><2028><2029><202e><2066>");
  expect(named("\u{e0001}x\u{e007f}")).toBe("<e0001>x<e007f>");
});

test("leaves line breaks, tabs and all that shows", () => {
  const text = "two\nlines\tand ümläut, 漢字, עברית 🙂";
  expect(named(text)).toBe(text);
});
