import { describe, expect, test } from "vitest";
import { executeCases } from "./execute-cases.ts";

async function* numbers(count: number): AsyncGenerator<number> {
  for (let index = 0; index < count; index++) yield index;
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const never = new AbortController().signal;

async function gather<T>(values: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const value of values) gathered.push(value);
  return gathered;
}

/** Waits until the signal is aborted, then ends with its reason. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

describe("cases that are executed", () => {
  test("are all run, as many at a time as allowed and no more", async () => {
    let active = 0;
    let most = 0;
    const run = async (item: number) => {
      active++;
      most = Math.max(most, active);
      await turns(item % 3);
      active--;
      return item;
    };
    const results = await gather(executeCases({ items: numbers(50), run, concurrency: 4, signal: never }));
    expect(results.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(most).toBe(4);
  });

  test("are yielded as they finish, not in their order", async () => {
    const run = async (item: number) => {
      await turns(item === 0 ? 20 : 1);
      return item;
    };
    const results = await gather(executeCases({ items: numbers(3), run, concurrency: 3, signal: never }));
    expect(results.at(-1)).toBe(0);
  });

  test("are not pulled faster than they are taken", async () => {
    let pulled = 0;
    async function* source() {
      for (;;) yield pulled++;
    }
    const results = executeCases({
      items: source(),
      run: async (item) => item,
      concurrency: 2,
      signal: never,
    });
    await results.next();
    await turns(20);
    expect(pulled).toBeLessThanOrEqual(4);
    await results.return(undefined);
  });

  test("that still run are stopped and awaited when one throws", async () => {
    const stopped: number[] = [];
    const run = async (item: number, signal: AbortSignal) => {
      if (item === 1) throw new Error("broken");
      await untilAborted(signal).catch(() => undefined);
      await turns(2);
      stopped.push(item);
    };
    await expect(
      gather(executeCases({ items: numbers(2), run, concurrency: 2, signal: never })),
    ).rejects.toThrow("broken");
    expect(stopped).toEqual([0]);
  });

  test("end with the signal's reason once it is aborted", async () => {
    const leaving = new AbortController();
    const executing = gather(
      executeCases({
        items: numbers(10),
        run: (_: number, signal) => untilAborted(signal),
        concurrency: 2,
        signal: leaving.signal,
      }),
    );
    await turns(3);
    leaving.abort(new Error("cancelled"));
    await expect(executing).rejects.toThrow("cancelled");
  });

  test("stop when their consumer leaves, and close the source", async () => {
    let isClosed = false;
    async function* source() {
      try {
        for (let index = 0; ; index++) yield index;
      } finally {
        isClosed = true;
      }
    }
    for await (const result of executeCases({ items: source(), run: async (item) => item, signal: never })) {
      if (result === 3) break;
    }
    expect(isClosed).toBe(true);
  });

  test("end with the error of their source", async () => {
    async function* source() {
      yield 1;
      throw new Error("no database");
    }
    const executing = gather(executeCases({ items: source(), run: async (item) => item, signal: never }));
    await expect(executing).rejects.toThrow("no database");
  });
});
