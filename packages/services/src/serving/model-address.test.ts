import { expect, test } from "vitest";
import { type ModelAddress, parseModelAddress } from "./model-address.ts";

const ADDRESSES: [text: string, address: ModelAddress | undefined][] = [
  ["nano", { kind: "model", slug: "nano" }],
  ["gpt-4.1_mini", { kind: "model", slug: "gpt-4.1_mini" }],
  ["prompt:triage", { kind: "prompt", slug: "triage", label: "production" }],
  ["prompt:triage@staging", { kind: "prompt", slug: "triage", label: "staging" }],
  ["prompt:triage@latest", { kind: "prompt", slug: "triage", label: "latest" }],
  ["prompt:triage@1", { kind: "prompt", slug: "triage", version: 1 }],
  ["prompt:triage@999999999", { kind: "prompt", slug: "triage", version: 999_999_999 }],
  ["prompt:triage@v2", { kind: "prompt", slug: "triage", label: "v2" }],
  ["adapter:lora@3", { kind: "adapter", slug: "lora", version: 3 }],
  // Not a version and, being digits alone, not a label either.
  ["prompt:triage@0", undefined],
  ["prompt:triage@01", undefined],
  ["prompt:triage@1000000000", undefined],
  ["prompt:triage@-1", undefined],
  ["prompt:triage@", undefined],
  ["prompt:triage@@production", undefined],
  ["prompt:triage@a@b", undefined],
  ["prompt:", undefined],
  ["prompt:prompt:triage", undefined],
  ["Prompt:triage", undefined],
  ["prompt:Triage", undefined],
  ["prompt:triage@Production", undefined],
  ["prompt: triage", undefined],
  ["prompt:../triage", undefined],
  ["prompt:triage\n", undefined],
  ["adapter:lora", undefined],
  ["adapter:lora@latest", undefined],
  ["adapter:lora@0", undefined],
  ["nano@1", undefined],
  ["nano@production", undefined],
  ["other:nano", undefined],
  [":nano", undefined],
  ["@1", undefined],
  ["", undefined],
  ["Nano", undefined],
  [`prompt:${"a".repeat(65)}`, undefined],
];

test.each(ADDRESSES)("%j", (text, address) => {
  expect(parseModelAddress(text)).toEqual(address);
});
