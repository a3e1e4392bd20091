import { expect, test } from "vitest";
import { describeBug } from "./describe-bug.ts";

test("a failed query keeps its code and its place, and loses its parameters", () => {
  const cause = Object.assign(new Error("duplicate key value (sk-secret)"), { code: "23505" });
  const error = new Error("Failed query: insert into keys values ($1)\nparams: sk-secret", { cause });
  const described = describeBug(error);
  expect(JSON.stringify(described)).not.toContain("sk-secret");
  expect(described.message).toContain("23505");
  expect(described.stack).toContain("describe-bug.test.ts");
});

test("an ordinary bug keeps its message", () => {
  expect(describeBug(new TypeError("x is not a function"))).toMatchObject({
    name: "TypeError",
    message: "x is not a function",
  });
});
