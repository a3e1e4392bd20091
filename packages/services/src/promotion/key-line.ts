import { findKey, type TenantTx } from "@assay/store";

const ACTOR = /^key:(.+)$/;

/**
 * May two actors be the same hand? They are when they are the same key, or when one key made the other, directly or
 * through keys between them: whoever makes a key sees its secret.
 */
export async function isSameHand(tx: TenantTx, one: string, other: string): Promise<boolean> {
  if (one === other) return true;
  return (await makersOf(tx, one)).has(other) || (await makersOf(tx, other)).has(one);
}

/** Who may be the same hand among many actors, looked up once. */
export interface Hands {
  isSame(one: string, other: string): boolean;
  /** How many of these certainly are different hands: no two of them have a key that led to the other's. */
  countDifferent(actors: readonly string[]): number;
}

export async function findHands(tx: TenantTx, actors: Iterable<string>): Promise<Hands> {
  const makers = new Map<string, Set<string>>();
  for (const actor of actors) if (!makers.has(actor)) makers.set(actor, await makersOf(tx, actor));
  const made = (one: string, other: string) => makers.get(other)?.has(one) === true;
  return {
    isSame: (one, other) => one === other || made(one, other) || made(other, one),
    // Keys form a tree, and in a tree the most that do not lead to each other are those that lead to no other.
    countDifferent: (some) => {
      const each = new Set(some);
      return [...each].filter((one) => ![...each].some((other) => made(one, other))).length;
    },
  };
}

/** The actors whose keys led to this one's. Keys are never removed, and each was made after its maker. */
async function makersOf(tx: TenantTx, actor: string): Promise<Set<string>> {
  const makers = new Set<string>();
  let keyId = ACTOR.exec(actor)?.[1];
  while (keyId !== undefined) {
    const makerId: string | undefined = (await findKey(tx, keyId))?.createdByKeyId ?? undefined;
    if (makerId === undefined || makers.has(`key:${makerId}`)) break;
    makers.add(`key:${makerId}`);
    keyId = makerId;
  }
  return makers;
}
