import { PromptContent } from "@assay/core";
import { expect, it } from "vitest";
import { diffContents } from "./diff-contents.ts";

const BEFORE = PromptContent.parse({
  messages: [
    { role: "system", content: "Be kind.\nBe short." },
    { placeholder: "history", max: 4 },
  ],
  model: "nano",
  adapter: "airline@1",
  sampling: { temperature: 0 },
});

it("shows the messages line by line and the members that differ", () => {
  const after = PromptContent.parse({
    ...BEFORE,
    messages: [{ role: "system", content: "Be kind.\nBe exact." }, { placeholder: "history" }],
    adapter: "airline@2",
    responseFormat: { type: "json_object" },
  });
  expect(diffContents(BEFORE, after)).toEqual({
    messages: [
      { kind: "same", text: "[system]" },
      { kind: "same", text: "Be kind." },
      { kind: "removed", text: "Be short." },
      { kind: "removed", text: "[history, newest 4]" },
      { kind: "added", text: "Be exact." },
      { kind: "added", text: "[history]" },
    ],
    members: [
      { member: "adapter", before: "airline@1", after: "airline@2" },
      { member: "responseFormat", before: null, after: { type: "json_object" } },
    ],
  });
});

it("has no members where nothing but the words changed, and everything where there was nothing", () => {
  expect(diffContents(BEFORE, BEFORE).members).toEqual([]);
  const { messages, members } = diffContents(undefined, BEFORE);
  expect(messages.every(({ kind }) => kind === "added")).toBe(true);
  expect(members.map(({ member }) => member)).toEqual(["adapter", "model", "sampling"]);
});

it("shows a partial's text line by line as well", () => {
  const withFooter = (footer: string) => PromptContent.parse({ ...BEFORE, partials: { footer } });
  const { messages, members } = diffContents(withFooter("Bye.\nAnn"), withFooter("Bye.\nBob"));
  expect(messages.slice(-4)).toEqual([
    { kind: "same", text: "[partial footer]" },
    { kind: "same", text: "Bye." },
    { kind: "removed", text: "Ann" },
    { kind: "added", text: "Bob" },
  ]);
  expect(members).toEqual([]);
});
