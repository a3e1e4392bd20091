import { readObject } from "./schema-rows.ts";

/** `none`: the version says nothing, and the answer is text. `other`: JSON that is no format. */
export const FORMAT_KINDS = ["none", "text", "json_object", "json_schema", "other"] as const;
export type FormatKind = (typeof FORMAT_KINDS)[number];

/** Which of the formats a text stands for. */
export function formatKindOf(text: string): FormatKind {
  if (text.trim() === "") return "none";
  const type = readObject(text)?.type;
  return FORMAT_KINDS.find((kind) => kind === type) ?? "other";
}

const SAMPLE_SCHEMA = {
  type: "object",
  properties: { answer: { type: "string" } },
  required: ["answer"],
  additionalProperties: false,
};

/** The text of a format that is chosen from the list; one that is written already stays. */
export function formatOfKind(kind: string, present: string): string {
  if (kind === formatKindOf(present) || kind === "other") return present;
  if (kind === "none") return "";
  const format =
    kind === "json_schema"
      ? { type: kind, json_schema: { name: "answer", strict: true, schema: SAMPLE_SCHEMA } }
      : { type: kind };
  return JSON.stringify(format, null, 2);
}

export const SAMPLE_TOOL = JSON.stringify(
  [
    {
      type: "function",
      function: {
        name: "find_booking",
        description: "Finds a booking by its number.",
        parameters: {
          type: "object",
          properties: { number: { type: "string" } },
          required: ["number"],
          additionalProperties: false,
        },
      },
    },
  ],
  null,
  2,
);
