import type { KeptDraft, KeptDraftChange } from "@assay/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DraftKeeper, type KeepingState } from "./draft-keeper.ts";
import type { LocalDraft } from "./reconcile-drafts.ts";

const CONFLICT = new Error("conflict");
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that keeps one draft as the real one does, and can be switched off. */
function world(revision: number | null = null) {
  const seen = {
    server: null as KeptDraft | null,
    local: null as LocalDraft | null,
    states: [] as KeepingState[],
    parted: null as KeptDraft | null,
    isDown: false,
    puts: 0,
    tookMs: 0,
  };
  const put = async ({ body, baseVersion, expectedRevision }: KeptDraftChange): Promise<KeptDraft> => {
    seen.puts += 1;
    if (seen.tookMs > 0) await new Promise((resolve) => setTimeout(resolve, seen.tookMs));
    if (seen.isDown) throw new Error("down");
    if ((seen.server?.revision ?? null) !== expectedRevision) throw CONFLICT;
    seen.server = { body, baseVersion, revision: (expectedRevision ?? 0) + 1, updatedAt: "later" };
    return seen.server;
  };
  const keeper = new DraftKeeper(
    {
      put,
      read: async () => seen.server,
      writeLocal: (draft) => {
        seen.local = draft;
      },
      onState: (state) => void seen.states.push(state),
      onParted: (server) => {
        seen.parted = server;
      },
      isConflict: (error) => error === CONFLICT,
      now: () => "now",
    },
    revision,
  );
  return { keeper, seen };
}
const typed = (body: string) => ({ body, baseVersion: 1 });

test("every key stroke is in the browser at once, and on the server after a pause, once", async () => {
  const { keeper, seen } = world();
  for (const body of ["a", "ab", "abc"]) {
    keeper.keep(typed(body));
    expect(seen.local).toMatchObject({ body, isSynced: false });
  }
  expect(seen.server).toBe(null);
  await vi.runAllTimersAsync();
  expect(seen.server?.body).toBe("abc");
  expect(seen.puts).toBe(1);
  expect(seen.local).toMatchObject({ body: "abc", isSynced: true, revision: 1 });
  expect(seen.states.at(-1)).toBe("saved");
});

test("while the server is away the text stays here, and gets there when it is back", async () => {
  const { keeper, seen } = world();
  seen.isDown = true;
  keeper.keep(typed("kept"));
  await vi.advanceTimersByTimeAsync(1_500);
  expect(seen.states.at(-1)).toBe("browserOnly");
  expect(seen.local).toMatchObject({ body: "kept", isSynced: false });
  seen.isDown = false;
  await vi.runAllTimersAsync();
  expect(seen.server?.body).toBe("kept");
});

test("a text of another window is neither overwritten nor does it overwrite", async () => {
  const { keeper, seen } = world();
  seen.server = { body: "theirs", baseVersion: 1, revision: 5, updatedAt: "before" };
  keeper.keep(typed("mine"));
  await vi.runAllTimersAsync();
  expect(seen.parted?.body).toBe("theirs");
  keeper.keep(typed("mine still"));
  await vi.runAllTimersAsync();
  expect([seen.server?.body, seen.local?.body]).toEqual(["theirs", "mine still"]);
  expect(seen.states.at(-1)).toBe("parted");
  keeper.goOnFrom(5, typed("mine still"));
  await vi.runAllTimersAsync();
  expect(seen.server).toMatchObject({ body: "mine still", revision: 6 });
});

test("a draft that was discarded elsewhere begins anew where it is still written", async () => {
  const { keeper, seen } = world(4);
  keeper.keep(typed("goes on"));
  await vi.runAllTimersAsync();
  expect(seen.server).toMatchObject({ body: "goes on", revision: 1 });
  expect(seen.parted).toBe(null);
});

test("settling sends what is waiting and knows its revision", async () => {
  const { keeper, seen } = world();
  keeper.keep(typed("to be saved"));
  await keeper.settle();
  expect([seen.server?.body, keeper.revision]).toEqual(["to be saved", 1]);
  keeper.forget();
  await vi.runAllTimersAsync();
  expect([seen.local, seen.puts, seen.states.at(-1)]).toEqual([null, 1, "untouched"]);
});

test("what is typed while a request is under way follows it", async () => {
  const { keeper, seen } = world();
  seen.tookMs = 500;
  keeper.keep(typed("one"));
  await vi.advanceTimersByTimeAsync(1_200);
  keeper.keep(typed("one two"));
  await vi.runAllTimersAsync();
  expect(seen.puts).toBe(2);
  expect(seen.server).toMatchObject({ body: "one two", revision: 2 });
});

test("an answer that comes after the draft was forgotten brings nothing back", async () => {
  const { keeper, seen } = world();
  seen.tookMs = 500;
  keeper.keep(typed("one"));
  await vi.advanceTimersByTimeAsync(1_200);
  keeper.forget();
  await vi.runAllTimersAsync();
  expect([seen.local, keeper.revision, seen.states.at(-1)]).toEqual([null, null, "untouched"]);
});

test("while two windows are parted nothing is sent, when it is settled neither", async () => {
  const { keeper, seen } = world();
  seen.server = { body: "theirs", baseVersion: 1, revision: 5, updatedAt: "before" };
  keeper.keep(typed("mine"));
  await vi.runAllTimersAsync();
  const { puts } = seen;
  keeper.keep(typed("mine still"));
  await keeper.settle();
  await vi.runAllTimersAsync();
  expect(seen.puts).toBe(puts);
});
