import { AppError, type Page } from "@assay/core";
import { describe, expect, test } from "vitest";
import { keysetOf, numericKeysetOf, pageOfRows } from "./page-of-rows.ts";

const NUMBERS = [1, 2, 3, 4, 5];

function pageAfter(cursor: string | undefined, limit: number): Page<number> {
  const query = cursor === undefined ? { limit } : { cursor, limit };
  const { after = 0, limit: rowsMax } = numericKeysetOf(query);
  const rows = NUMBERS.filter((number) => number > after).slice(0, rowsMax);
  return pageOfRows({ query, rows, toItem: (row) => row * 10, cursorOf: (row) => row });
}

test("pages follow each other without a gap or a repetition, and the last one says so", () => {
  const first = pageAfter(undefined, 2);
  const second = pageAfter(first.nextCursor ?? "", 2);
  const third = pageAfter(second.nextCursor ?? "", 2);
  expect([first.items, second.items, third.items]).toEqual([[10, 20], [30, 40], [50]]);
  expect(third.nextCursor).toBeNull();
});

test("a page that ends exactly with the rows has no next one", () => {
  expect(pageAfter(undefined, 5).nextCursor).toBeNull();
});

describe("a cursor that no list returned is refused", () => {
  const encode = (text: string) => Buffer.from(text).toString("base64url");
  const corpus = [
    "",
    "!",
    "====",
    encode(""),
    encode("a\u0000b"),
    encode("A b"),
    encode("' or 1=1 --"),
    `${encode("ok")}=`,
    "ÿþ",
  ];

  test.each(corpus)("%j", (cursor) => {
    expect(() => keysetOf({ cursor, limit: 1 })).toThrow(
      expect.objectContaining({ code: "invalid_input" } satisfies Partial<AppError>),
    );
  });

  test.each(["slug", "-1", "1.5", "99999999999", "2147483648"].map(encode))("%j as a number", (cursor) => {
    expect(() => numericKeysetOf({ cursor, limit: 1 })).toThrow(AppError);
  });
});
