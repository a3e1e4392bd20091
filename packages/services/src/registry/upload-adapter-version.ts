import { type AdapterVersion, AppError, LIMITS, notFound } from "@assay/core";
import {
  type AdapterRow,
  type AdapterVersionInsert,
  type AdapterVersionRow,
  findAdapterBySlug,
  insertAdapterVersion,
  isTenantFileNamed,
  listAdapterVersionRows,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { adapterVersionOf } from "./adapter-of.ts";
import { takeInFile } from "./take-in-file.ts";

type FileFacts = Pick<AdapterVersionInsert, "sha256" | "bytes" | "rank" | "alpha">;

/**
 * Takes in a LoRA as the adapter's next version, after it was found to fit its base model tensor by tensor. The very
 * file of the newest version makes no new one.
 * @throws AppError `not_found`, `model_file_invalid`, `payload_too_large`, `invalid_input` on another SHA-256
 */
export async function uploadAdapterVersion(
  context: Context,
  input: VerbInput<"uploadAdapterVersion">,
): Promise<AdapterVersion> {
  const { platform, tenant } = context;
  const adapter = await tenant.read((tx) => findAdapterBySlug(tx, input.adapter));
  if (adapter === undefined) throw notFound("adapter");
  const basePath = basePathOf(context, adapter);

  const row = await takeInFile({
    files: platform.files,
    owner: { kind: "tenant", tenantId: tenant.tenantId },
    stream: input.file,
    bytesMax: LIMITS.adapterFileBytesMax,
    expectedSha256: input.sha256,
    check: (file) => platform.modelFiles.checkAdapterFile(file.path, basePath),
    isNamed: (sha256) => tenant.read((tx) => isTenantFileNamed(tx, sha256)),
    record: ({ sha256, bytes }, { rank, alpha }) =>
      recordVersion(context, input, { sha256, bytes, rank, alpha }),
  });
  return adapterVersionOf(row, input.adapter);
}

function basePathOf({ platform, tenant }: Context, adapter: AdapterRow): string {
  const owner =
    adapter.sharedModelId === null
      ? ({ kind: "tenant", tenantId: tenant.tenantId } as const)
      : ({ kind: "shared" } as const);
  if (!platform.files.has(owner, adapter.baseSha256)) {
    throw new AppError(
      "engine_unavailable",
      `The file of the adapter's base model (SHA-256 ${adapter.baseSha256}) is missing on the server; send it again first.`,
    );
  }
  return platform.files.pathOf(owner, adapter.baseSha256);
}

async function recordVersion(
  context: Context,
  input: VerbInput<"uploadAdapterVersion">,
  facts: FileFacts,
): Promise<AdapterVersionRow> {
  return await context.tenant.write(async (tx) => {
    const adapter = await findAdapterBySlug(tx, input.adapter, true);
    if (adapter === undefined) throw notFound("adapter");
    const [newest] = await listAdapterVersionRows(tx, adapter.id, { limit: 1 });
    if (newest?.sha256 === facts.sha256) return newest;
    const version = (newest?.version ?? 0) + 1;
    const inserted = await insertAdapterVersion(tx, {
      ...facts,
      adapterId: adapter.id,
      version,
      baseSha256: adapter.baseSha256,
      note: input.note ?? null,
    });
    await tx.audit({
      actor: actorOf(context),
      action: "adapter_version.upload",
      object: `${input.adapter}@${version}`,
      details: { ...facts },
    });
    return inserted;
  });
}
