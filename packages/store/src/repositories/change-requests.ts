import { type ChangeStatus, invariant } from "@assay/core";
import { and, desc, eq, type InferSelectModel, inArray, lt } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";
import type { LabelKey } from "./labels.ts";

export type ChangeRequestRow = InferSelectModel<Schema["changeRequests"]>;

/** Requests that can still lead to a move. */
const LIVE: ChangeStatus[] = ["open", "approved"];

export interface ChangeRequestInsert extends LabelKey {
  fromVersionId: string | null;
  toVersionId: string;
  title: string;
  description: string;
  proposedBy: string;
  now: Date;
}

export async function insertChangeRequest(
  tx: TenantTx,
  { now, ...draft }: ChangeRequestInsert,
): Promise<ChangeRequestRow> {
  const row = { id: newId("changeRequest"), status: "open" as const, createdAt: now, ...draft };
  return await tx.insert(tx.tables.changeRequests, row);
}

export async function findChangeRequest(tx: TenantTx, id: string): Promise<ChangeRequestRow | undefined> {
  return await tx.find(tx.tables.changeRequests, eq(tx.tables.changeRequests.id, id));
}

/** The one request for this very move that can still lead to it. */
export async function findLiveChangeRequest(
  tx: TenantTx,
  { promptId, label, toVersionId }: LabelKey & { toVersionId: string },
): Promise<ChangeRequestRow | undefined> {
  const { changeRequests } = tx.tables;
  const [row] = await tx.select(changeRequests, {
    where: and(
      eq(changeRequests.promptId, promptId),
      eq(changeRequests.label, label),
      inArray(changeRequests.status, LIVE),
      eq(changeRequests.toVersionId, toVersionId),
    ),
    orderBy: [desc(changeRequests.id)],
    limit: 1,
  });
  return row;
}

export async function countLiveChangeRequests(tx: TenantTx, promptId: string): Promise<number> {
  const { changeRequests } = tx.tables;
  const where = and(eq(changeRequests.promptId, promptId), inArray(changeRequests.status, LIVE));
  return await tx.count(changeRequests, where);
}

interface WantedChanges {
  status?: ChangeStatus | undefined;
  /** Only of these prompts; null is no narrowing. */
  promptIds: readonly string[] | null;
  after?: string;
  limit: number;
}

/** Newest first; `after` is the id of the last one of the page before. */
export async function listChangeRequestRows(
  tx: TenantTx,
  { status, promptIds, after, limit }: WantedChanges,
): Promise<ChangeRequestRow[]> {
  const { changeRequests } = tx.tables;
  return await tx.select(changeRequests, {
    where: and(
      status === undefined ? undefined : eq(changeRequests.status, status),
      promptIds === null ? undefined : inArray(changeRequests.promptId, [...promptIds]),
      after === undefined ? undefined : lt(changeRequests.id, after),
    ),
    orderBy: [desc(changeRequests.id)],
    limit,
  });
}

type Outcome = Partial<
  Pick<
    ChangeRequestRow,
    | "decidedBy"
    | "decisionReason"
    | "decidedAt"
    | "approvedMoveId"
    | "approvedRunId"
    | "approvedSuiteVersionId"
    | "moveId"
  >
> & { status: ChangeStatus };

/** The caller holds the prompt's row, so that no other decision and no move comes between. */
export async function updateChangeRequest(
  tx: TenantTx,
  id: string,
  outcome: Outcome,
): Promise<ChangeRequestRow> {
  const { changeRequests } = tx.tables;
  const [row] = await tx.update(changeRequests, outcome, eq(changeRequests.id, id));
  invariant(row !== undefined, "a change request that was read in this transaction is there");
  return row;
}
