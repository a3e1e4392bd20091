/** What an address carries: anything. These keep what a page understands and drop the rest. */
type Search = Record<string, unknown>;

/** A text; numbers too, because an address cannot tell `5` from `"5"`. */
export function textOf(search: Search, name: string): string | undefined {
  const value = search[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function oneOf<const T extends string>(
  search: Search,
  name: string,
  options: readonly T[],
): T | undefined {
  return options.find((option) => option === textOf(search, name));
}

export function wholeNumberOf(search: Search, name: string): number | undefined {
  const number = Number(textOf(search, name));
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

export type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are not there, so that an address shows only what is set. */
export function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
