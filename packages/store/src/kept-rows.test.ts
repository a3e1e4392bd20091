import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { describeEachStore } from "./testing/describe-each-store.ts";
import { fillTenant } from "./testing/fill-tenant.ts";

describeEachStore("what a verdict stands on", (open) => {
  test.each(["runs", "verdicts", "cases"] as const)("is not removed by whoever writes: %s", async (name) => {
    await using opened = await open();
    const { id, rows } = await fillTenant(opened.store, "airline");
    const tenant = opened.store.forTenant(id);
    // To which no other row refers.
    await tenant.record(async (tx) => {
      await tx.insert(tx.tables.runs, { ...rows.runs, id: "run_alone" });
      await tx.insert(tx.tables.verdicts, { ...rows.verdicts, id: "vrd_alone" });
    });
    const alone = {
      runs: sql`id = 'run_alone'`,
      verdicts: sql`id = 'vrd_alone'`,
      cases: sql`1 = 1`,
    };
    const count = () => tenant.read((tx) => tx.count(tx.tables[name]));
    const before = await count();
    expect(before).toBeGreaterThan(0);
    const remove = tenant.record((tx) => tx.delete(tx.tables[name], alone[name]));
    await expect(remove).rejects.toThrow();
    expect(await count()).toBe(before);
  });
});
