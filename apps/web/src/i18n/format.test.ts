import { describe, expect, test } from "vitest";
import { formatIn } from "./format.ts";

describe.each(["en", "pl"])("in %s", (language) => {
  const format = formatIn(language);

  test("every number below nothing has the same sign before it", () => {
    const written = [
      format.integer(-3),
      format.percent(-0.2),
      format.score(-0.2),
      format.signed(-0.2),
      format.cost(-2_000_000),
      format.difference(-200, format.duration),
    ];
    for (const text of written) expect(text).toMatch(/^−/);
    expect(written.join("")).not.toContain("-");
  });

  test("a difference has its sign, and nothing has none", () => {
    expect(format.difference(200, format.duration)).toMatch(/^\+/);
    expect(format.difference(0, format.integer)).toBe("0");
  });

  test("a sum that nobody could read is told as less than one that people can", () => {
    expect(format.cost(2)).toMatch(/^< /);
    expect(format.cost(2)).toBe(format.cost(99));
    expect(format.cost(0)).not.toContain("<");
    expect(format.cost(null)).toBe("–");
  });

  test("a sum to the cent is told alike, as less than a cent", () => {
    expect(format.costToCent(9_999)).toBe(`< ${format.cost(10_000)}`);
    expect(format.costToCent(10_000)).toBe(format.cost(10_000));
    expect(format.costToCent(0)).toBe(format.cost(0));
    expect(format.costToCent(null)).toBe("–");
  });

  test("what one costs is told by the thousand", () => {
    expect(format.costOfThousand(1_500)).toBe(format.cost(1_500_000));
    expect(format.costOfThousand(null)).toBe("–");
  });
});
