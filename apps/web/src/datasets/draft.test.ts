import type { Case, CaseDiff, CaseRow } from "@assay/core";
import { applyCaseEdit } from "@assay/core/plain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addedRow,
  changesOf,
  conflictsOf,
  countsOf,
  draftedCase,
  draftedRow,
  editBetween,
  emptyDraft,
  isEmptyDraft,
  rebased,
  withBulk,
  withCase,
  withRemoved,
  withRestored,
} from "./draft.ts";

const A: Case = { key: "a", variables: { q: 1 }, tags: ["x"], group: "g" };
const ROW: CaseRow = { position: 0, key: "a", input: "1", expected: null, tags: ["x"], group: "g" };
const diff = (key: string, kind: CaseDiff["kind"], after: Case | null = { ...A, key }): CaseDiff => ({
  key,
  kind,
  fields: [],
  before: null,
  after,
  isShortened: false,
});

describe("a draft", () => {
  test("says of an edit only what differs, and forgets one that was taken back", () => {
    const changed = withCase(emptyDraft(1), A, { ...A, expected: "yes", group: undefined, tags: [] } as Case);
    expect(changesOf(changed)).toEqual({
      base: 1,
      note: "",
      changed: [{ key: "a", expected: "yes", clear: ["group"], tags: [] }],
      removed: [],
      added: [],
    });
    expect(draftedRow(changed, ROW)).toMatchObject({
      mark: "changed",
      expected: "yes",
      tags: [],
      group: null,
    });
    expect(isEmptyDraft(withCase(changed, A, A))).toBe(true);
  });

  test("turns any case into any other of its key", () => {
    const part = fc.record(
      {
        variables: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<never>),
        expected: fc.jsonValue() as fc.Arbitrary<never>,
        group: fc.string({ minLength: 1 }),
      },
      { requiredKeys: ["variables"] },
    );
    const tags = fc.uniqueArray(fc.string());
    const some = fc.record({ part, tags });
    fc.assert(
      fc.property(some, some, (one, other) => {
        const before: Case = { key: "k", ...one.part, tags: one.tags };
        const after: Case = { key: "k", ...other.part, tags: other.tags };
        const edit = editBetween(before, after);
        expect(edit === undefined ? before : applyCaseEdit(before, edit)).toEqual(after);
      }),
    );
  });

  test("adds, removes and restores cases", () => {
    const added = withCase(emptyDraft(1), undefined, { key: "n", variables: {}, tags: [] });
    const both = withRemoved(added, ["a", "n"]);
    expect(countsOf(both)).toEqual({ added: 0, changed: 0, removed: 1 });
    expect(draftedRow(both, ROW).mark).toBe("removed");
    expect(isEmptyDraft(withRestored(both, ["a"]))).toBe(true);
    expect(addedRow({ key: "n", variables: { q: "hi" }, tags: [] }, 0)).toMatchObject({
      input: "hi",
      mark: "added",
    });
  });

  test("counts a case that is changed and then removed once", () => {
    const draft = withRemoved(withBulk(emptyDraft(1), ["a"], { addTags: ["y"] }), ["a"]);
    expect(countsOf(draft)).toEqual({ added: 0, changed: 0, removed: 1 });
    expect(changesOf(draft)).toMatchObject({ changed: [], removed: ["a"] });
  });

  test("tags and groups many cases of which it knows the keys only", () => {
    const once = withBulk(emptyDraft(1), ["a", "b"], { addTags: ["y"], removeTags: ["x"], group: null });
    const twice = withBulk(once, ["a"], { addTags: ["x"], removeTags: ["y"], group: "h" });
    expect(draftedCase(once, A)).toEqual({ key: "a", variables: { q: 1 }, tags: ["y"] });
    expect(draftedRow(once, ROW)).toMatchObject({ tags: ["y"], group: null });
    expect(draftedCase(twice, A)).toEqual({ key: "a", variables: { q: 1 }, tags: ["x"], group: "h" });
    const edited = withBulk(withCase(once, A, { ...A, tags: ["z"] }), ["a"], { addTags: ["w"] });
    expect(draftedCase(edited, A).tags).toEqual(["z", "w"]);
    expect(draftedCase(withBulk(edited, ["a"], { removeTags: ["z"] }), A).tags).toEqual(["w"]);
    const own = withBulk(withCase(emptyDraft(1), undefined, A), ["a"], { addTags: ["y"], group: null });
    expect(own.added).toEqual([{ key: "a", variables: { q: 1 }, tags: ["x", "y"] }]);
  });
});

describe("a draft of which many cases are changed at once", () => {
  test("leaves those alone that it removes", () => {
    const draft = withBulk(withRemoved(emptyDraft(1), ["a"]), ["a", "b"], { addTags: ["y"] });
    expect([...draft.edits.keys()]).toEqual(["b"]);
    expect(changesOf(withRestored(draft, ["a"])).changed.map(({ key }) => key)).toEqual(["b"]);
  });
});

describe("a draft whose version is not the newest any more", () => {
  const draft = withRemoved(
    withCase(withBulk(emptyDraft(1), ["a", "b"], { addTags: ["y"] }), undefined, {
      key: "n",
      variables: {},
      tags: [],
    }),
    ["c"],
  );
  const since = [diff("a", "changed"), diff("b", "removed", null), diff("n", "added"), diff("z", "changed")];

  test("names what both have touched", () => {
    expect(conflictsOf(draft, since).map(({ key, mine }) => [key, mine])).toEqual([
      ["a", "changed"],
      ["b", "changed"],
      ["n", "added"],
    ]);
  });

  test("goes on with what is its own, leaving what is gone", () => {
    const next = rebased(draft, 2, { conflicts: conflictsOf(draft, since), yielding: new Set() });
    expect(changesOf(next)).toEqual({
      base: 2,
      note: "",
      changed: [
        { key: "a", addTags: ["y"], removeTags: [] },
        { key: "n", variables: {}, clear: ["group"], tags: [] },
      ],
      removed: ["c"],
      added: [],
    });
  });

  test("yields where that is chosen", () => {
    const next = rebased(draft, 2, { conflicts: conflictsOf(draft, since), yielding: new Set(["a", "n"]) });
    expect(countsOf(next)).toEqual({ added: 0, changed: 0, removed: 1 });
  });
});
