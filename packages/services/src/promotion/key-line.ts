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
