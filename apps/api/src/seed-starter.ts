import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { AppError, type NewTenant, PromptContent, ROLES, SETUP_ID, SuiteFile } from "@assay/core";
import {
  addPromptVersion,
  addSharedModel,
  type Context,
  createAdapter,
  createDataset,
  createPrompt,
  createTenant,
  createTenantKey,
  importDataset,
  listLabels,
  moveLabel,
  type OperatorContext,
  type Platform,
  putSuite,
  setGate,
  uploadAdapterVersion,
} from "@assay/services";
import { STARTER, type StarterTenant } from "@assay/starter";
import { findTenantBySlug, hasPlatformAudit, insertPlatformAudit } from "@assay/store";
import { parse } from "yaml";

const SEEDED = "starter.seeded";
const ADAPTER_NOTE = "Trained on made-up mails like those of the dataset";

/** Whether the starter tenants were set up whole: the mark is written after everything else. */
export async function isSeeded(platform: Platform): Promise<boolean> {
  return await platform.store.readPlatform((tx) => hasPlatformAudit(tx, SEEDED));
}

/**
 * Sets up the airline and the bank by the same verbs that everyone else calls: the shared model, and per tenant an
 * adapter, a prompt with its versions, a dataset, a suite and a gate. Every step finds or makes, so a start that was
 * cut off is finished by the next. Answers an admin key per tenant.
 */
export async function seedStarter(platform: Platform): Promise<{ slug: string; key: string }[]> {
  const operator: OperatorContext = { platform, operatorId: SETUP_ID, requestId: SETUP_ID };
  const { slug, price, path } = STARTER.model;
  await unlessThere(addSharedModel(operator, { slug, ...price, file: createReadStream(path) }));
  const keys: { slug: string; key: string }[] = [];
  for (const starter of STARTER.tenants) {
    const { tenant, adminKey } = await findOrCreateTenant(operator, starter);
    const caller = { keyId: adminKey.key.id, userId: null, scopes: ROLES.admin, prompts: null, labels: null };
    const store = platform.store.forTenant(tenant.id);
    await seedTenant({ platform, tenant: store, tenantInfo: tenant, caller, requestId: SETUP_ID }, starter);
    keys.push({ slug: starter.slug, key: adminKey.secret });
  }
  await platform.store.writePlatform((tx) =>
    insertPlatformAudit(tx, {
      actor: "platform",
      action: SEEDED,
      object: STARTER.tenants.map((t) => t.slug).join(","),
    }),
  );
  return keys;
}

/** A conflict says that an earlier, unfinished start has made it already. */
async function unlessThere(step: Promise<unknown>): Promise<void> {
  try {
    await step;
  } catch (error) {
    if (!(error instanceof AppError && error.code === "conflict")) throw error;
  }
}

async function findOrCreateTenant(
  operator: OperatorContext,
  { slug, name }: StarterTenant,
): Promise<NewTenant> {
  const row = await operator.platform.store.readPlatform((tx) => findTenantBySlug(tx, slug));
  if (row === undefined) return await createTenant(operator, { slug, name });
  // The key of the start that was cut off was never shown.
  const adminKey = await createTenantKey(operator, { tenantId: row.id });
  return { tenant: { ...row, createdAt: row.createdAt.toISOString() }, adminKey };
}

/** In the seeder's own name: their author's labels do not count for a judge, and the tenant's admin may well label. */
async function seedJudges(context: Context): Promise<void> {
  const seeder = { ...context, caller: { ...context.caller, keyId: SETUP_ID } };
  for (const { type, path } of STARTER.judges) {
    const prompt = `judge-${type}`;
    const description = `Judges answers for the scorer ${type}. The starter model is too small for it: install it again on a better one.`;
    await unlessThere(createPrompt(seeder, { slug: prompt, description }));
    const content = PromptContent.parse(parse(await readFile(path, "utf8")));
    await addPromptVersion(seeder, { prompt, content, dryRun: false });
  }
}

async function seedTenant(context: Context, starter: StarterTenant): Promise<void> {
  const { adapter, prompt, dataset } = starter;
  await unlessThere(createAdapter(context, { slug: adapter.slug, baseModel: STARTER.model.slug }));
  await uploadAdapterVersion(context, {
    adapter: adapter.slug,
    note: ADAPTER_NOTE,
    file: createReadStream(adapter.path),
  });
  await unlessThere(createPrompt(context, { slug: prompt.slug, description: prompt.description }));
  for (const path of prompt.versionPaths) {
    const content = PromptContent.parse(parse(await readFile(path, "utf8")));
    await addPromptVersion(context, { prompt: prompt.slug, content, dryRun: false });
  }
  await seedJudges(context);
  await unlessThere(createDataset(context, { slug: dataset.slug, description: dataset.description }));
  const text = createReadStream(dataset.path, "utf8") as AsyncIterable<string>;
  await importDataset(context, { dataset: dataset.slug, format: "jsonl", text });
  await protectProduction(context, starter);
}

/** The first version takes the label before the gate closes behind it; from then on every move needs evidence. */
async function protectProduction(context: Context, { prompt, suite, dataset }: StarterTenant): Promise<void> {
  const labels = await listLabels(context, { prompt: prompt.slug });
  if (labels.items.length === 0) {
    await moveLabel(context, { prompt: prompt.slug, label: "production", version: 1, dryRun: false });
  }
  const file = SuiteFile.parse(parse(await readFile(suite.path, "utf8")));
  await putSuite(context, { ...file, suite: suite.slug, dataset: dataset.slug });
  await setGate(context, { prompt: prompt.slug, label: "production", suite: suite.slug });
}
