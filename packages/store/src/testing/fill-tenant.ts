import type { InferInsertModel } from "drizzle-orm";
import { sql } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Store } from "../open-store.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";
import { AT, artefactRows, datasetRows, HASH, promptRows } from "./filled-registry-rows.ts";
import { seedTenant } from "./seed-tenant.ts";

type PlatformName =
  | "tenants"
  | "operatorKeys"
  | "sharedModels"
  | "platformAudit"
  | "users"
  | "sessions"
  | "accounts"
  | "verifications";
type Name = Exclude<keyof Schema, PlatformName>;
/** One row of each of the tenant's tables. */
export type FilledRows = { [N in Name]: Omit<InferInsertModel<Schema[N]>, "tenantId"> };

function suiteRows(slug: string, promptId: string, datasetId: string) {
  const suiteId = newId("suite");
  return {
    suites: { id: suiteId, slug, createdAt: AT },
    suiteVersions: {
      id: newId("suiteVersion"),
      suiteId,
      version: 1,
      promptId,
      datasetId,
      spec: { prompt: slug, dataset: slug, scorers: [], repeats: 1, passScore: 1 },
      contentSha256: HASH,
      createdAt: AT,
    },
  } satisfies Partial<FilledRows>;
}

interface Measured {
  suiteVersionId: string;
  promptVersionId: string;
  datasetVersionId: string;
}

function runRows(measured: Measured) {
  const runId = newId("run");
  const hashes = {
    promptVersion: HASH,
    model: HASH,
    adapter: HASH,
    dataset: HASH,
    suite: HASH,
    scorers: HASH,
    judges: null,
    selection: null,
  };
  return {
    runs: {
      id: runId,
      ...measured,
      status: "completed",
      hashes: { ...hashes, engineBuild: "test" },
      evidenceSha256: HASH,
      total: 1,
      done: 1,
      startedBy: "key:test",
      createdAt: AT,
      finishedAt: AT,
    },
    results: {
      runId,
      position: 0,
      repeat: 0,
      caseKey: "a",
      tags: ["easy"],
      status: "scored",
      score: 0.5,
      passed: false,
      outcome: { status: "scored", score: 0.5, passed: false, metrics: [], output: "out" },
      costMicros: 2 ** 40,
    },
    cachedAnswers: {
      requestSha256: HASH,
      answer: { text: "out", toolCalls: [], reason: "stop", latencyMs: 1.5 },
      bytes: 3,
      usedAt: AT,
    },
    jobs: {
      id: newId("job"),
      kind: "run",
      runId,
      status: "done",
      attempts: 1,
      cancelRequested: false,
      runAfter: AT,
      createdAt: AT,
    },
  } satisfies Partial<FilledRows>;
}

/** A version that stands behind its gate as it should. */
function promotionRows(
  promptId: string,
  { suiteVersionId, promptVersionId, datasetVersionId }: Measured,
  runId: string,
) {
  const [verdictId, moveId, label] = [newId("verdict"), newId("labelMove"), "production"];
  return {
    gates: { promptId, label, suiteVersionId, datasetVersionId, updatedAt: AT },
    verdicts: {
      id: verdictId,
      runId,
      promptVersionId,
      label,
      suiteVersionId,
      evidenceSha256: HASH,
      outcome: "pass",
      clauses: [],
      createdAt: AT,
    },
    labelMoves: {
      id: moveId,
      promptId,
      label,
      toVersionId: promptVersionId,
      kind: "gate",
      verdictId,
      movedBy: "key:test",
      createdAt: AT,
    },
    changeRequests: {
      id: newId("changeRequest"),
      promptId,
      label,
      toVersionId: promptVersionId,
      title: "A better version",
      description: "",
      status: "open",
      proposedBy: "key:test",
      createdAt: AT,
    },
    labels: { promptId, name: label, versionId: promptVersionId, moveId, updatedAt: AT },
  } satisfies Partial<FilledRows>;
}

function annotationRows(slug: string, { promptId, runId }: { promptId: string; runId: string }) {
  const [queueId, itemId] = [newId("annotationQueue"), newId("annotationItem")];
  return {
    annotationQueues: {
      id: queueId,
      slug,
      promptId,
      instructions: `Is it right for ${slug}?`,
      metric: "llm-rubric",
      labelsPerItem: 2,
      createdAt: AT,
    },
    annotationItems: {
      id: itemId,
      queueId,
      runId,
      position: 0,
      repeat: 0,
      subjectSha256: HASH,
      judgeSha256: HASH,
      judgePassed: true,
      isRepresentative: true,
      createdAt: AT,
    },
    annotationLabels: { itemId, annotator: "key:test", passed: false, comment: slug, createdAt: AT },
  } satisfies Partial<FilledRows>;
}

function tracingRows(slug: string, { promptId, traceId }: { promptId: string; traceId: string }) {
  return {
    traceSettings: { promptId, sampleRate: 0.5, retentionDays: 30, updatedAt: AT },
    traceContents: {
      traceId,
      variables: { q: slug },
      messages: [{ role: "user", content: `\u0000 asks ${slug}` }],
      output: "out",
      bytes: 3,
      expiresAt: AT,
    },
    feedback: { id: newId("feedback"), traceId, score: 1, comment: slug, createdAt: AT },
  } satisfies Partial<FilledRows>;
}

function accessRows(slug: string) {
  return {
    keys: {
      id: newId("key"),
      publicId: `pub-${slug}`,
      secretSha256: HASH,
      name: slug,
      scopes: ["read"],
      limits: { requestsPerMinute: 60, concurrentRequests: 4 },
      createdAt: AT,
    },
    auditEntries: {
      id: newId("audit"),
      actor: "key:test",
      action: "prompt.create",
      object: slug,
      details: { b: 1, a: 2 },
      createdAt: AT,
    },
    idempotencyKeys: { key: "k1", requestSha256: HASH, status: 200, body: "{}", expiresAt: AT },
    traces: { id: newId("trace"), model: slug, status: "completed", latencyMs: 1.25, createdAt: AT },
  } satisfies Partial<FilledRows>;
}

/** A person of the tenant, one who was asked to join, and who vouches for them. */
function peopleRows(slug: string) {
  return {
    memberships: { userId: newId("user"), role: "viewer", createdAt: AT },
    invitations: {
      id: newId("invitation"),
      email: `guest@${slug}.test`,
      role: "editor",
      tokenSha256: slug.padEnd(64, "0"),
      invitedBy: "key:test",
      expiresAt: AT,
      createdAt: AT,
    },
    identityProviders: {
      issuer: `https://id.${slug}.test`,
      clientId: slug,
      clientSecret: Buffer.from([1, 2]),
      domains: [`${slug}.test`],
      enforced: false,
      updatedAt: AT,
    },
  } satisfies Partial<FilledRows>;
}

/** A row for each table, consistent with each other, in an order that satisfies the foreign keys. */
export function filledRows(slug: string): FilledRows {
  const artefacts = artefactRows(slug);
  const prompt = promptRows(slug, artefacts);
  const dataset = datasetRows(slug);
  const suite = suiteRows(slug, prompt.prompts.id, dataset.datasets.id);
  const measured = {
    suiteVersionId: suite.suiteVersions.id,
    promptVersionId: prompt.promptVersions.id,
    datasetVersionId: dataset.datasetVersions.id,
  };
  const run = runRows(measured);
  const promotion = promotionRows(prompt.prompts.id, measured, run.runs.id);
  const access = accessRows(slug);
  return {
    ...access,
    ...artefacts,
    ...prompt,
    ...dataset,
    ...suite,
    ...run,
    ...promotion,
    ...annotationRows(slug, { promptId: prompt.prompts.id, runId: run.runs.id }),
    ...peopleRows(slug),
    ...tracingRows(slug, { promptId: prompt.prompts.id, traceId: access.traces.id }),
  };
}

async function insertRows(tx: TenantTx, rows: FilledRows): Promise<void> {
  for (const [name, row] of Object.entries(rows)) {
    // Completed by its results, as every run is: afterwards it gets no more.
    const begun = name === "runs" ? { ...row, status: "running" } : row;
    await tx.insert(tx.tables[name as Name], begun as never);
    if (name === "results") await tx.update(tx.tables.runs, { status: rows.runs.status }, sql`1 = 1`);
  }
}

/** A new tenant with a row in every table it can have one in: what a test of isolation attacks. */
export async function fillTenant(store: Store, slug: string): Promise<{ id: string; rows: FilledRows }> {
  const { id } = await seedTenant(store, slug);
  const rows = filledRows(slug);
  await store.writePlatform(async ({ session: { db, tables } }) => {
    const person = {
      id: rows.memberships.userId,
      name: slug,
      email: `member@${slug}.test`,
      emailVerified: true,
    };
    await db.insert(tables.users).values({ ...person, createdAt: AT, updatedAt: AT });
  });
  await store.forTenant(id).record((tx) => insertRows(tx, rows));
  return { id, rows };
}
