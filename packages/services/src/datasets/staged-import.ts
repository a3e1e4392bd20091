import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError, type Case, LIMITS } from "@assay/core";
import {
  claimForRemoval,
  countStoredCases,
  insertCasesAt,
  listAbandonedVersions,
  openStagedVersion,
  removeSomeOfStaged,
  type TenantStore,
  touchStagedVersion,
} from "@assay/store";

/** An import that stored nothing for so long is taken to have ended with its process. */
const ABANDONED_AFTER_MS = 15 * 60_000;
const ABANDONED_PER_SWEEP = 10;

/** Cases on their way into a version, stored a batch at a time; others write in between, and nobody sees them. */
export class StagedImport {
  readonly #tenant: TenantStore;
  readonly #now: () => Date;
  #versionId: string | undefined;
  #caseCount = 0;

  constructor(tenant: TenantStore, now: () => Date) {
    this.#tenant = tenant;
    this.#now = now;
  }

  get caseCount(): number {
    return this.#caseCount;
  }

  /** Undefined before the first case. */
  get versionId(): string | undefined {
    return this.#versionId;
  }

  /** @throws AppError `conflict` when the tenant holds as much as it may, or the import was given up as abandoned */
  async add(cases: readonly Case[]): Promise<void> {
    const caseCount = this.#caseCount + cases.length;
    this.#versionId = await this.#tenant.record(async (tx) => {
      const id = this.#versionId ?? (await openStagedVersion(tx, this.#now()));
      if (!(await touchStagedVersion(tx, id, { caseCount, createdAt: this.#now() }))) throw abandoned();
      refuseTooManyCases(await countStoredCases(tx));
      await insertCasesAt(tx, id, { start: this.#caseCount, cases });
      return id;
    });
    this.#caseCount = caseCount;
    await nextTurn();
  }

  /** Removes what was stored and is not published. */
  async discard(): Promise<void> {
    if (this.#versionId !== undefined) await removeStaged(this.#tenant, this.#versionId);
  }
}

/** Removes what imports that did not come to an end have left. */
export async function sweepAbandonedImports(tenant: TenantStore, now: Date): Promise<void> {
  const since = new Date(now.getTime() - ABANDONED_AFTER_MS);
  const ids = await tenant.read((tx) => listAbandonedVersions(tx, since, ABANDONED_PER_SWEEP));
  for (const id of ids) await removeStaged(tenant, id, since);
}

async function removeStaged(tenant: TenantStore, id: string, untouchedSince?: Date): Promise<void> {
  if (!(await tenant.record((tx) => claimForRemoval(tx, id, untouchedSince)))) return;
  while (await tenant.record((tx) => removeSomeOfStaged(tx, id))) await nextTurn();
}

/** What is being imported counts as stored. */
function refuseTooManyCases(cases: number): void {
  if (cases <= LIMITS.casesPerTenantMax) return;
  const message = `A tenant may store ${LIMITS.casesPerTenantMax} cases at most, and these would make it ${cases}; import fewer cases, or ask the operator for another tenant.`;
  throw new AppError("conflict", message, { max: LIMITS.casesPerTenantMax });
}

export function abandoned(): AppError {
  return new AppError(
    "conflict",
    "The import stood still for too long and was given up. Import the file again.",
  );
}
