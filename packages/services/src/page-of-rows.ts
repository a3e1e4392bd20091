import { AppError, type Page, type PageQuery } from "@assay/core";

/** What a repository's list needs: the sort key to go on after, and one row more than the page shows. */
export interface Keyset<K extends string | number> {
  after?: K;
  limit: number;
}

const CURSOR_LENGTH_MAX = 200;
// A key is a slug, an id or a number, with a colon between parts. Anything else was not made here.
const KEY = /^[a-z0-9_.:-]+$/;

/** The cursor of a page that goes on after this key. */
export function encodeCursor(key: string | number): string {
  return Buffer.from(String(key)).toString("base64url");
}

function unreadableCursor(): AppError {
  return new AppError("invalid_input", "The cursor is not one that this list returned.", { param: "cursor" });
}

function decodeCursor(cursor: string): string {
  const key = Buffer.from(cursor, "base64url").toString("utf8");
  // Decoding skips what is not base64url, so only a cursor that encodes back to itself was ours.
  if (cursor.length > CURSOR_LENGTH_MAX || !KEY.test(key) || encodeCursor(key) !== cursor) {
    throw unreadableCursor();
  }
  return key;
}

/**
 * Where a list sorted by text goes on.
 * @throws AppError `invalid_input` for a cursor that no page returned.
 */
export function keysetOf(query: PageQuery): Keyset<string> {
  const limit = query.limit + 1;
  return query.cursor === undefined ? { limit } : { after: decodeCursor(query.cursor), limit };
}

/** The same for a list sorted by a whole number, such as version or position. */
export function numericKeysetOf(query: PageQuery): Keyset<number> {
  const { after, limit } = keysetOf(query);
  if (after === undefined) return { limit };
  if (!/^\d{1,10}$/.test(after) || Number(after) > 2_147_483_647) throw unreadableCursor();
  return { after: Number(after), limit };
}

interface Rows<R, T> {
  query: PageQuery;
  /** Fetched with the keyset's limit: one more than the page shows, if there are as many. */
  rows: readonly R[];
  /** There are more rows than these, which were left out because they are long. */
  isCut?: boolean;
  toItem: (row: R) => T;
  /** The key the list is sorted by. */
  cursorOf: (row: R) => string | number;
}

/** Cuts a page from the rows and says where the next one starts. A page with fewer items than asked for may have one. */
export function pageOfRows<R, T>({ query, rows, isCut = false, toItem, cursorOf }: Rows<R, T>): Page<T> {
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const hasMore = (isCut || rows.length > shown.length) && last !== undefined;
  return { items: shown.map(toItem), nextCursor: hasMore ? encodeCursor(cursorOf(last)) : null };
}
