import { expect, test } from "vitest";
import { limitsIn } from "./limits-in.ts";

test("a limit that was left empty is not sent, and so not zero", () => {
  const form = new FormData();
  form.set("requestsPerMinute", " ");
  form.set("concurrentRequests", "12");
  expect(limitsIn(form)).toEqual({ concurrentRequests: 12 });
});
