import { canonicalJson, type Json } from "@assay/core";
import { type Code, type KeywordDefinition, str } from "ajv/dist/2020.js";
import type { SchemaBudget } from "./schema-budget.ts";

const UNITS_PER_CHARACTER = 10;
const UNITS_PER_VALUE = 100;
/** Listing the keys of a large object is that slow. */
const UNITS_PER_KEY = 200;

/**
 * The keywords whose time grows with the value or with their own list, redone in linear time and drawing on
 * `budget`. The library compares members of `enum` one by one and objects of `uniqueItems` pair by pair.
 */
export function boundedKeywords(budget: SchemaBudget): KeywordDefinition[] {
  const textOf = (value: unknown): string => {
    const text = canonicalJson(value);
    budget.spend(UNITS_PER_VALUE + text.length * UNITS_PER_CHARACTER);
    return text;
  };
  const lengthOf = (text: string): number => {
    budget.spend(text.length * UNITS_PER_CHARACTER);
    let length = 0;
    for (const _character of text) length++;
    return length;
  };
  const sizeOf = (value: object): number => {
    const size = Object.keys(value).length;
    budget.spend(size * UNITS_PER_KEY);
    return size;
  };
  return [
    {
      keyword: "enum",
      schemaType: "array",
      error: { message: "must be equal to one of the allowed values" },
      compile: (allowed: Json[]) => {
        if (allowed.length === 0) throw new Error("enum must have non-empty array");
        const texts = new Set(allowed.map((value) => canonicalJson(value)));
        return (value: unknown) => texts.has(textOf(value));
      },
    },
    {
      keyword: "const",
      error: { message: "must be equal to constant" },
      compile: (wanted: Json) => {
        const text = canonicalJson(wanted);
        return (value: unknown) => textOf(value) === text;
      },
    },
    {
      keyword: "uniqueItems",
      type: "array",
      schemaType: "boolean",
      error: { message: "must NOT have duplicate items" },
      validate: (isAsked: boolean, items: unknown[]) =>
        !isAsked || new Set(items.map(textOf)).size === items.length,
    },
    ...(["min", "max"] as const).flatMap((side): KeywordDefinition[] => {
      const isWithin = (size: number, bound: number) => (side === "min" ? size >= bound : size <= bound);
      const message = (things: string) => ({
        error: {
          message: ({ schemaCode }: { schemaCode: Code | number | boolean }) =>
            str`must NOT have ${side === "min" ? "fewer" : "more"} than ${schemaCode} ${things}`,
        },
      });
      return [
        {
          keyword: `${side}Length`,
          type: "string",
          schemaType: "number",
          ...message("characters"),
          validate: (bound: number, text: string) => isWithin(lengthOf(text), bound),
        },
        {
          keyword: `${side}Properties`,
          type: "object",
          schemaType: "number",
          ...message("properties"),
          validate: (bound: number, value: object) => isWithin(sizeOf(value), bound),
        },
      ];
    }),
  ];
}
