import { PromptContent, SuiteFile } from "@assay/core";
import { expect, it } from "vitest";
import type { z } from "zod";
import { FileError } from "./cli-error.ts";
import { parseYaml } from "./read-yaml-file.ts";

function errorOf(text: string, schema: z.ZodType): string {
  try {
    parseYaml({ path: "f.yaml", text }, schema);
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
  return "";
}

it("names line and column of broken YAML", () => {
  expect(errorOf("prompt: a\ndataset: [b\nscorers: []\n", SuiteFile)).toMatch(/^f\.yaml:\d+:\d+: /);
  expect(errorOf("prompt: a\nprompt: b\n", SuiteFile)).toMatch(/^f\.yaml:2:1: .*unique/);
});

it("names the line of a member that is wrong, unknown or missing", () => {
  const text = "prompt: triage\ndataset: mails\nscorers:\n  - type: exact-match\n    weight: -1\nrepeat: 3\n";
  expect(errorOf(text, SuiteFile).split("\n")).toEqual([
    expect.stringMatching(/^f\.yaml:5:5: scorers\.0\.weight: /),
    "f.yaml:6:1: repeat: is not known here",
  ]);
  expect(errorOf("prompt: triage\ndataset: mails\n", SuiteFile)).toBe("f.yaml:1:1: scorers: is missing");
});

it("speaks about the message that was meant, not about every form a message could have", () => {
  const text = "model: starter\nmessages:\n  - role: sytem\n    content: hello\n";
  expect(errorOf(text, PromptContent)).toMatch(/^f\.yaml:3:5: messages\.0\.role: /);
});

it("refuses a small file that unfolds into a huge one", () => {
  const levels = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(9)}]`);
  expect(errorOf(`l0: &l0 [x]\n${levels.join("\n")}\n`, PromptContent)).toContain("alias");
});
