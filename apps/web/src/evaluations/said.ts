/** Filters of which only those stand in an address that say something. */
export type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
