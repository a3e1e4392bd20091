/** What an address says, as a short text; the router has read numbers as numbers already. */
export function searchText(value: unknown, lengthMax = 200): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text.slice(0, lengthMax) : undefined;
}

export function searchNumber(
  value: unknown,
  { min = 0, max = Number.MAX_SAFE_INTEGER } = {},
): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && number >= min && number <= max ? number : undefined;
}

export function searchFlag(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

export function searchChoice<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}

/** Without the members that say nothing, so that they do not stand in the address. */
export function onlySaid<T extends object>(search: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
