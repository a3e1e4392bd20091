import { findKey, type TenantTx } from "@assay/store";

const ACTOR = /^key:(.+)$/;

/**
 * May two actors be the same hand? A person and all the keys that go back to them are one hand. Other keys are when one
 * made the other, directly or through keys between them: whoever makes a key sees its secret.
 */
export async function isSameHand(tx: TenantTx, one: string, other: string): Promise<boolean> {
  return (await findHands(tx, [one, other])).isSame(one, other);
}

/** Who may be the same hand among many actors, looked up once. */
export interface Hands {
  isSame(one: string, other: string): boolean;
  /** How many of these certainly are different hands: no two of them have a key that led to the other's. */
  countDifferent(actors: readonly string[]): number;
}

export async function findHands(tx: TenantTx, actors: Iterable<string>): Promise<Hands> {
  const hands = new Map<string, string>();
  const makers = new Map<string, Set<string>>();
  for (const actor of actors) {
    if (hands.has(actor)) continue;
    const line = await lineOf(tx, actor);
    hands.set(actor, line.hand);
    makers.set(line.hand, line.makers);
  }
  const handOf = (actor: string) => hands.get(actor) ?? actor;
  const made = (one: string, other: string) => makers.get(other)?.has(one) === true;
  return {
    isSame: (first, second) => {
      const [one, other] = [handOf(first), handOf(second)];
      return one === other || made(one, other) || made(other, one);
    },
    // Keys form a tree, and in a tree the most that do not lead to each other are those that lead to no other.
    countDifferent: (some) => {
      const each = new Set(some.map(handOf));
      return [...each].filter((one) => ![...each].some((other) => made(one, other))).length;
    },
  };
}

/** Whose hand an actor is: the person that a key goes back to, or else the key, and the keys that led to it. */
interface Line {
  hand: string;
  makers: Set<string>;
}

/** Keys are never removed, and each was made after its maker. */
async function lineOf(tx: TenantTx, actor: string): Promise<Line> {
  const makers = new Set<string>();
  const ofKey = ACTOR.exec(actor)?.[1];
  let key = ofKey === undefined ? undefined : await findKey(tx, ofKey);
  if (key?.createdByUserId) return { hand: `user:${key.createdByUserId}`, makers };
  while (key?.createdByKeyId) {
    const maker = `key:${key.createdByKeyId}`;
    if (makers.has(maker)) break;
    makers.add(maker);
    key = await findKey(tx, key.createdByKeyId);
  }
  return { hand: actor, makers };
}
