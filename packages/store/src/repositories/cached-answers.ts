import { and, asc, inArray, lt, sql } from "../drizzle.ts";
import type { CachedAnswer } from "../schema/evaluation-tables.ts";
import type { TenantTx } from "../tenant-tx.ts";

/** So few parameters that both databases take them in one statement. */
const KEYS_PER_STATEMENT = 1_000;
/** How many of the least recently used answers are looked at and removed at a time. */
const TRIMMED_PER_STEP = 1_000;

export interface KeptAnswer {
  requestSha256: string;
  answer: CachedAnswer;
}

export interface FoundAnswer extends KeptAnswer {
  usedAt: Date;
}

/** The tenant's answers to these requests; what was never answered is absent. */
export async function findAnswers(tx: TenantTx, keys: readonly string[]): Promise<FoundAnswer[]> {
  const { cachedAnswers } = tx.tables;
  const found: FoundAnswer[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_STATEMENT) {
    const some = keys.slice(start, start + KEYS_PER_STATEMENT);
    found.push(...(await tx.select(cachedAnswers, { where: inArray(cachedAnswers.requestSha256, some) })));
  }
  return found;
}

/** Keeps answers; where a request has one already, the first stays. */
export async function keepAnswers(tx: TenantTx, answers: readonly KeptAnswer[], usedAt: Date): Promise<void> {
  const rows = answers
    .map(({ requestSha256, answer }) => ({
      requestSha256,
      answer,
      bytes: Buffer.byteLength(JSON.stringify(answer)),
      usedAt,
    }))
    // Two runs that keep the same answers lock them in the same order.
    .sort((a, b) => (a.requestSha256 < b.requestSha256 ? -1 : 1));
  await tx.insertManyIfAbsent(tx.tables.cachedAnswers, rows);
}

/** Says that these answers were used again. */
export async function touchAnswers(tx: TenantTx, keys: readonly string[], usedAt: Date): Promise<void> {
  const { cachedAnswers } = tx.tables;
  const sorted = [...keys].sort();
  for (let start = 0; start < sorted.length; start += KEYS_PER_STATEMENT) {
    const isOne = inArray(cachedAnswers.requestSha256, sorted.slice(start, start + KEYS_PER_STATEMENT));
    const where = and(isOne, lt(cachedAnswers.usedAt, usedAt));
    if (where !== undefined) await tx.update(cachedAnswers, { usedAt }, where);
  }
}

/** Removes the answers not used for longest until the tenant holds no more than this. Answers what it holds then. */
export async function trimAnswers(
  tx: TenantTx,
  { answersMax, bytesMax }: { answersMax: number; bytesMax: number },
): Promise<{ answers: number; bytes: number }> {
  const { cachedAnswers } = tx.tables;
  const held = await measureAnswers(tx);
  while (held.answers > answersMax || held.bytes > bytesMax) {
    const oldest = await tx.aggregate(cachedAnswers, {
      columns: { key: cachedAnswers.requestSha256, bytes: cachedAnswers.bytes },
      orderBy: [asc(cachedAnswers.usedAt)],
      limit: TRIMMED_PER_STEP,
    });
    const going: string[] = [];
    for (const { key, bytes } of oldest) {
      if (held.answers <= answersMax && held.bytes <= bytesMax) break;
      going.push(String(key));
      held.answers -= 1;
      held.bytes -= Number(bytes);
    }
    if (going.length === 0) break;
    await tx.delete(cachedAnswers, inArray(cachedAnswers.requestSha256, going));
  }
  return held;
}

async function measureAnswers(tx: TenantTx): Promise<{ answers: number; bytes: number }> {
  const { cachedAnswers } = tx.tables;
  const columns = { answers: sql`count(*)`, bytes: sql`coalesce(sum(${cachedAnswers.bytes}), 0)` };
  const [row] = await tx.aggregate(cachedAnswers, { columns });
  return { answers: Number(row?.answers ?? 0), bytes: Number(row?.bytes ?? 0) };
}
