import { StringStream } from "@codemirror/language";
import { expect, test } from "vitest";
import { LIQUID_MODE } from "./liquid-mode.ts";

/** The coloured pieces of a line, as `kind:text`. */
function tokens(...lines: string[]): string[] {
  const state = LIQUID_MODE.startState?.(2);
  if (state === undefined) throw new Error("the mode has a state");
  return lines.flatMap((line) => {
    const stream = new StringStream(line, 2, 2);
    const found: string[] = [];
    while (!stream.eol()) {
      stream.start = stream.pos;
      const kind = LIQUID_MODE.token(stream, state);
      if (kind !== null) found.push(`${kind}:${stream.current()}`);
    }
    return found;
  });
}

test("prose stays prose, with braces, quotes and tags of other languages in it", () => {
  expect(tokens("Say <b>hi</b> to {them} and 'you' 100%")).toEqual([]);
});

test("variables, filters, tags, texts and numbers are told apart", () => {
  expect(tokens("Hi {{ name | upcase }}!")).toEqual([
    "bracket:{{",
    "variableName:name",
    "operator:|",
    "keyword:upcase",
    "bracket:}}",
  ]);
  expect(tokens("{%- if n > 3 and ok == true -%}")).toEqual([
    "bracket:{%-",
    "keyword:if",
    "variableName:n",
    "operator:>",
    "number:3",
    "keyword:and",
    "variableName:ok",
    "operator:=",
    "operator:=",
    "bool:true",
    "bracket:-%}",
  ]);
  expect(tokens("{% render 'tone', who: name %}")).toContain("string:'tone'");
});

test("a mark goes on over lines, and one that nobody closed ends nothing else", () => {
  expect(tokens("{{ a", "b }} c")).toEqual(["bracket:{{", "variableName:a", "variableName:b", "bracket:}}"]);
  expect(tokens('{{ "open', "}} x")).toEqual(["bracket:{{", 'string:"open', "bracket:}}"]);
});
