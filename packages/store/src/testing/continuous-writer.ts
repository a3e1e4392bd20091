import { once } from "node:events";
import { newId } from "../new-id.ts";
import { openStore } from "../open-store.ts";
import { seedTenant } from "./seed-tenant.ts";

// A process of its own that writes without pause: each transaction adds the next numbered trace, and its number is
// printed once the store has acknowledged it.
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("continuous-writer needs the SQLite file");
const store = await openStore(file);
const tenant = await seedTenant(store, "airline");
for (let number = 1; ; number++) {
  await store.forTenant(tenant.id).record((tx) =>
    tx.insert(tx.tables.traces, {
      id: newId("trace"),
      model: "m",
      status: "completed",
      latencyMs: number,
      failureCode: "x".repeat(number % 2_000),
      createdAt: new Date(),
    }),
  );
  if (!process.stdout.write(`${number}\n`)) await once(process.stdout, "drain");
}
