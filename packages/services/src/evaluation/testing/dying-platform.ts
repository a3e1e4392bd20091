import type { Store, TenantStore } from "@assay/store";
import type { Platform } from "../../context.ts";

/**
 * A platform that is killed at its n-th write for a tenant: that write commits or not, as told, and from then on
 * nothing of this platform reaches the database any more. What a worker on it would still do is lost, as with kill -9.
 */
export function dyingPlatform(platform: Platform, death: { atWrite: number; commits: boolean }): Platform {
  let writes = 0;
  let isDead = false;
  const alive = async <R>(work: () => Promise<R>): Promise<R> => {
    if (isDead) throw new Error("the process is dead");
    return await work();
  };
  const dyingWrite = async <R>(write: () => Promise<R>): Promise<R> =>
    await alive(async () => {
      writes += 1;
      if (writes < death.atWrite) return await write();
      isDead = true;
      if (death.commits) await write();
      throw new Error("the process is dead");
    });
  const tenantStore = (tenant: TenantStore): TenantStore => ({
    tenantId: tenant.tenantId,
    read: (work) => alive(() => tenant.read(work)),
    write: (work) => dyingWrite(() => tenant.write(work)),
    record: (work) => dyingWrite(() => tenant.record(work)),
  });
  const store: Store = {
    ...platform.store,
    forTenant: (tenantId) => tenantStore(platform.store.forTenant(tenantId)),
    readPlatform: (work) => alive(() => platform.store.readPlatform(work)),
    writePlatform: (work) => alive(() => platform.store.writePlatform(work)),
  };
  return { ...platform, store };
}
