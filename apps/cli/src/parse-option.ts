import { InvalidArgumentError } from "commander";

/** Commander's parser for a whole number of at least 1. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError("Write a whole number of at least 1.");
  }
  return value;
}

/** The same from 0. */
export function parseAmount(text: string): number {
  return text === "0" ? 0 : parseCount(text);
}

/** Commander's parser for `a,b,c`. */
export function parseList(text: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.includes("")) throw new InvalidArgumentError("Write names with commas between them.");
  return items;
}
