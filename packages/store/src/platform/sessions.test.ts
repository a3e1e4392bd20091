import { LIMITS } from "@assay/core";
import { expect, test } from "vitest";
import type { Store } from "../open-store.ts";
import { describeEachStore } from "../testing/describe-each-store.ts";
import { seedTenant } from "../testing/seed-tenant.ts";
import { insertAuthRow } from "./auth-rows.ts";
import { listSessionRows } from "./sessions.ts";
import { insertUser } from "./users.ts";

const idOf = (n: number) => `ses_${String(n).padStart(32, "0")}`;

/** Opens `count` sessions, the first of them named by `from`. */
async function openSessions(
  store: Store,
  { userId, via, from, count }: { userId: string; via: string | null; from: number; count: number },
): Promise<void> {
  const now = new Date();
  const row = { userId, viaTenantId: via, createdAt: now, updatedAt: now };
  for (let n = from; n < from + count; n += 1) {
    const expiresAt = new Date(now.getTime() + LIMITS.sessionMs);
    const session = { ...row, id: idOf(n), token: `token ${n}`, expiresAt };
    await store.writePlatform((tx) => insertAuthRow(tx, "session", session));
  }
}

describeEachStore("sessions", (open) => {
  test("of one way in push out the oldest of the same way, and never those of another", async () => {
    await using opened = await open();
    const { store } = opened;
    const [airline, bank] = [(await seedTenant(store, "airline")).id, (await seedTenant(store, "bank")).id];
    const { id: userId } = await store.writePlatform((tx) =>
      insertUser(tx, { email: "anna@people.test", name: "Anna", emailVerified: true, isOperator: false }),
    );
    const max = LIMITS.sessionsPerUserMax;
    await openSessions(store, { userId, via: null, from: 0, count: 2 });
    await openSessions(store, { userId, via: bank, from: 10, count: 2 });
    await openSessions(store, { userId, via: airline, from: 100, count: max + 5 });
    const own = { id: idOf(0), user: { id: userId }, viaTenantId: null };
    const list = () =>
      store.readPlatform((tx) => listSessionRows(tx, own, { limit: 3 * max, now: new Date() }));
    const kept = await list();
    const via = (tenantId: string | null) => kept.filter((row) => row.viaTenantId === tenantId).length;
    expect([via(null), via(bank), via(airline)]).toEqual([2, 2, max]);
    expect(kept.map(({ id }) => id)).not.toContain(idOf(104));
    await openSessions(store, { userId, via: null, from: 1_000, count: max });
    expect((await list()).filter(({ viaTenantId }) => viaTenantId === null).map(({ id }) => id)).toEqual(
      Array.from({ length: max }, (_, n) => idOf(999 + max - n)),
    );
    expect((await list()).length).toBe(2 * max + 2);
  });
});
