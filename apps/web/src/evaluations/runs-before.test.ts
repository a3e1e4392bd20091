import { expect, test } from "vitest";
import { runsBefore } from "./runs-before.ts";

const run = (id: string, status: "queued" | "running", minute: number) => ({
  id,
  status,
  createdAt: `2026-11-01T10:0${minute}:00.000Z`,
});

test("a run waits for those that go on and those that were asked for before it, each once", () => {
  const own = run("own", "queued", 3);
  const others = [
    own,
    run("earlier", "queued", 1),
    run("later", "queued", 5),
    run("going", "running", 4),
    run("going", "running", 4),
  ];
  expect(runsBefore(own, others)).toBe(2);
  expect(runsBefore(own, [own])).toBe(0);
});
