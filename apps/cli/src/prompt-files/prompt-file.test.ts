import { PromptContent } from "@assay/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parseYaml } from "../read-yaml-file.ts";
import { formatPromptFile } from "./prompt-file.ts";

const reread = (text: string) => parseYaml({ path: "f.yaml", text }, PromptContent);

it("writes long texts as blocks and leaves out what says nothing", () => {
  const content = PromptContent.parse({
    sampling: {},
    model: "starter",
    adapter: "airline@1",
    messages: [{ content: "You are kind.\nAnswer in JSON.", role: "system" }, { placeholder: "history" }],
  });
  expect(formatPromptFile(content)).toBe(`messages:
  - role: system
    content: |-
      You are kind.
      Answer in JSON.
  - placeholder: history
model: starter
adapter: airline@1
`);
});

it("gives back any content from the file it wrote, and the same file from that", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "no",
      "1e3",
      "~",
      "- a",
      "a: b",
      "x\n\n",
      "  indented\n\ttab ",
      "#c",
      "'",
      '"',
      "|",
      "a\r\nb",
      "\u2028",
    ),
  );
  const schema = fc.object({
    values: [text, fc.boolean(), fc.integer(), fc.constant(null)],
    key: fc.string({ maxLength: 5 }),
    maxDepth: 2,
  });
  const content = fc.record(
    {
      messages: fc.array(
        fc.oneof(
          fc.record({ role: fc.constantFrom("system", "user", "assistant"), content: text }),
          fc.constant({ placeholder: "history" }),
          fc.constant({ placeholder: "history", max: 4 }),
        ),
        { minLength: 1, maxLength: 4 },
      ),
      model: fc.constantFrom("starter", "gpt-4.1"),
      variables: schema,
      sampling: fc.record({
        temperature: fc.constantFrom(0, 0.7),
        stop: fc.array(fc.string({ minLength: 1 }), { maxLength: 2 }),
      }),
    },
    { requiredKeys: ["messages", "model"] },
  );
  fc.assert(
    fc.property(content, (value) => {
      const parsed = PromptContent.parse(value);
      const file = formatPromptFile(parsed);
      expect(reread(file)).toEqual(parsed);
      expect(formatPromptFile(reread(file))).toBe(file);
    }),
    { numRuns: 40 },
  );
});
