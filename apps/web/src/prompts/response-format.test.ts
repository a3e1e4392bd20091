import { expect, test } from "vitest";
import { formatKindOf, formatOfKind } from "./response-format.ts";

test("each format that can be chosen is recognised again", () => {
  for (const kind of ["none", "text", "json_object", "json_schema"]) {
    expect(formatKindOf(formatOfKind(kind, ""))).toBe(kind);
  }
});

test("what is no format is left as it is written", () => {
  expect(formatKindOf("{")).toBe("other");
  expect(formatKindOf('{"type":"xml"}')).toBe("other");
  expect(formatOfKind("other", "{")).toBe("{");
});

test("choosing the present format again loses nothing of it", () => {
  const written = '{"type":"json_schema","json_schema":{"schema":{"type":"string"}}}';
  expect(formatOfKind("json_schema", written)).toBe(written);
});
