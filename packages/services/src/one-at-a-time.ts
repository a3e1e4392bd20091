import { assertOutsideWrite } from "@assay/store";

const tails = new Map<string, Promise<unknown>>();

/**
 * Does one piece of heavy reading of a tenant after the other, in this process: a tenant that asks for several at once
 * waits for itself and holds up nobody else.
 */
export async function oneAtATime<R>(tenantId: string, work: () => Promise<R>): Promise<R> {
  assertOutsideWrite();
  const before = tails.get(tenantId) ?? Promise.resolve();
  const mine = before.then(work, work);
  tails.set(tenantId, mine);
  try {
    return await mine;
  } finally {
    if (tails.get(tenantId) === mine) tails.delete(tenantId);
  }
}
