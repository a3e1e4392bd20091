import { ROLES } from "@assay/core";
import { findKey } from "@assay/store";
import { expect, test } from "vitest";
import { createKey } from "../access/create-key.ts";
import type { Context } from "../context.ts";
import { describeEachPlatform } from "../testing/index.ts";
import { callerWith } from "../testing/open-test-platform.ts";
import { findHands, isSameHand } from "./key-line.ts";

const PERSON = `usr_${"1".repeat(32)}`;
const COLLEAGUE = `usr_${"2".repeat(32)}`;

/** A key that a caller makes, as the actor that it is and as the caller it then makes others as. */
async function keyOf(context: Context): Promise<{ actor: string; caller: Context }> {
  const { key } = await createKey(context, { name: "key", role: "admin" });
  return {
    actor: `key:${key.id}`,
    caller: callerWith(context, { keyId: key.id, userId: null, scopes: ROLES.admin }),
  };
}

describeEachPlatform("hands", (open) => {
  test("a person and all keys that go back to them are one hand", async () => {
    await using platform = await open();
    const context = await platform.tenant("airline");
    const person = callerWith(context, { keyId: null, userId: PERSON });
    const first = await keyOf(person);
    const second = await keyOf(person);
    const grandchild = await keyOf(first.caller);
    const colleague = await keyOf(callerWith(context, { keyId: null, userId: COLLEAGUE }));
    const stranger = await keyOf(context);
    await context.tenant.read(async (tx) => {
      const mine = [`user:${PERSON}`, first.actor, second.actor, grandchild.actor];
      for (const one of mine) for (const other of mine) expect(await isSameHand(tx, one, other)).toBe(true);
      for (const one of mine)
        for (const other of [`user:${COLLEAGUE}`, colleague.actor, stranger.actor])
          expect(await isSameHand(tx, one, other)).toBe(false);
      const hands = await findHands(tx, [...mine, colleague.actor, stranger.actor]);
      expect(hands.countDifferent([...mine, colleague.actor, stranger.actor])).toBe(3);
    });
  });

  test("a key passes on whose it is", async () => {
    await using platform = await open();
    const context = await platform.tenant("airline");
    const first = await keyOf(callerWith(context, { keyId: null, userId: PERSON }));
    const grandchild = await keyOf(first.caller);
    const row = await context.tenant.read((tx) => findKey(tx, grandchild.actor.slice("key:".length)));
    expect(row).toMatchObject({ createdByUserId: PERSON });
    expect(row?.createdByKeyId).toBe(first.actor.slice("key:".length));
  });
});
