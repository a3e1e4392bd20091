import { expect, test } from "vitest";
import { FIRST_MAPPING, mappingDraft } from "./case-mapping.ts";

test("fields that were left empty are left out, and personal data is replaced unless somebody says otherwise", () => {
  expect(mappingDraft(FIRST_MAPPING)).toEqual({
    mapping: { messages: "all", variables: "all", expected: "feedback" },
    tags: [],
    redact: "all",
  });
});

test("tags are what stands between commas, each once", () => {
  const fields = {
    ...FIRST_MAPPING,
    tags: " refund, ,hard cases,refund",
    groupByVariable: " user ",
    redact: false,
  };
  expect(mappingDraft(fields)).toMatchObject({
    tags: ["refund", "hard cases"],
    mapping: { groupByVariable: "user" },
    redact: [],
  });
});
