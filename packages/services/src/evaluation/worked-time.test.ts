import { expect, test } from "vitest";
import { WorkedTime } from "./worked-time.ts";

/** Works until nothing is left, and tells whose pieces came in which order. */
function orderOf(pieces: readonly (readonly [tenantId: string, lastsMs: number])[]): string {
  let nowMs = 0;
  const worked = new WorkedTime(() => nowMs);
  const lines = Map.groupBy(pieces, ([tenantId]) => tenantId);
  for (const tenantId of lines.keys()) worked.join(tenantId);
  let order = "";
  for (;;) {
    const tenantId = worked.least(lines.keys());
    const line = tenantId === undefined ? undefined : lines.get(tenantId);
    if (tenantId === undefined || line === undefined) return order;
    worked.begin();
    nowMs += line.shift()?.[1] ?? 0;
    worked.end(tenantId);
    if (line.length === 0) lines.delete(tenantId);
    order += tenantId;
  }
}

test("who brings long pieces waits until the others had as much time", () => {
  expect(orderOf([["a", 5], ["a", 5], ["a", 5], ...Array(12).fill(["b", 1])])).toBe("abbbbbabbbbbabb");
});

test("equal pieces are done by turns", () => {
  expect(orderOf([...Array(3).fill(["a", 1]), ...Array(3).fill(["b", 1])])).toBe("ababab");
});

test("who comes later starts level with the one at work, and is not owed what was before", () => {
  let nowMs = 0;
  const worked = new WorkedTime(() => nowMs);
  worked.join("a");
  for (let n = 0; n < 10; n++) {
    worked.least(["a"]);
    worked.begin();
    nowMs += 1;
    worked.end("a");
  }
  worked.join("b");
  const order = Array.from({ length: 4 }, () => {
    const tenantId = worked.least(["a", "b"]) ?? "";
    worked.begin();
    nowMs += 1;
    worked.end(tenantId);
    return tenantId;
  });
  expect(order).toEqual(["b", "a", "b", "a"]);
});
