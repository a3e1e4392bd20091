import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { PromptContent, ROLES, SuiteFile } from "@assay/core";
import {
  addPromptVersion,
  addSharedModel,
  type Context,
  createAdapter,
  createDataset,
  createPrompt,
  createTenant,
  importDataset,
  moveLabel,
  type OperatorContext,
  type Platform,
  putSuite,
  setGate,
  uploadAdapterVersion,
} from "@assay/services";
import { STARTER, type StarterTenant } from "@assay/starter";
import { findTenantBySlug } from "@assay/store";
import { parse } from "yaml";

const SEEDER = "starter";
const ADAPTER_NOTE = "trained by packages/starter";

/** Whether an earlier start set up the starter tenants: the last of them is there only when all are. */
export async function isSeeded(platform: Platform): Promise<boolean> {
  const last = STARTER.tenants.at(-1);
  if (last === undefined) return true;
  return (await platform.store.readPlatform((tx) => findTenantBySlug(tx, last.slug))) !== undefined;
}

/**
 * Sets up the airline and the bank by the same verbs that everyone else calls: the shared model, and per tenant an
 * adapter, a prompt with its versions, a dataset, a suite and a gate. Answers each tenant's admin key.
 */
export async function seedStarter(platform: Platform): Promise<{ slug: string; key: string }[]> {
  const operator: OperatorContext = { platform, operatorKeyId: SEEDER, requestId: SEEDER };
  await addSharedModel(operator, {
    slug: STARTER.model.slug,
    ...STARTER.model.price,
    file: createReadStream(STARTER.model.path),
  });
  const keys: { slug: string; key: string }[] = [];
  for (const starter of STARTER.tenants) {
    const { tenant, adminKey } = await createTenant(operator, { slug: starter.slug, name: starter.name });
    const caller = { keyId: adminKey.key.id, scopes: ROLES.admin, prompts: null, labels: null };
    const store = platform.store.forTenant(tenant.id);
    await seedTenant({ platform, tenant: store, tenantInfo: tenant, caller, requestId: SEEDER }, starter);
    keys.push({ slug: starter.slug, key: adminKey.secret });
  }
  return keys;
}

async function seedTenant(context: Context, starter: StarterTenant): Promise<void> {
  const { adapter, prompt, dataset, suite } = starter;
  await createAdapter(context, { slug: adapter.slug, baseModel: STARTER.model.slug });
  await uploadAdapterVersion(context, {
    adapter: adapter.slug,
    note: ADAPTER_NOTE,
    file: createReadStream(adapter.path),
  });
  await createPrompt(context, { slug: prompt.slug, description: prompt.description });
  for (const path of prompt.versionPaths) {
    const content = PromptContent.parse(parse(await readFile(path, "utf8")));
    await addPromptVersion(context, { prompt: prompt.slug, content, dryRun: false });
  }
  // The first version takes the label before the gate closes behind it; from then on every move needs evidence.
  await moveLabel(context, { prompt: prompt.slug, label: "production", version: 1, dryRun: false });
  await createDataset(context, { slug: dataset.slug, description: dataset.description });
  const text = createReadStream(dataset.path, "utf8") as AsyncIterable<string>;
  await importDataset(context, { dataset: dataset.slug, format: "jsonl", text });
  const file = SuiteFile.parse(parse(await readFile(suite.path, "utf8")));
  await putSuite(context, { ...file, suite: suite.slug, dataset: dataset.slug });
  await setGate(context, { prompt: prompt.slug, label: "production", suite: suite.slug });
}
