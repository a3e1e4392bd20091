import { LIMITS, type Model } from "@assay/core";
import { findModelBySlug, insertModel, isTenantFileNamed } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { ownModelOf } from "./model-of.ts";
import { priceOfQuery } from "./price-of-query.ts";
import { requireFreeModelSlug } from "./require-free-model-slug.ts";
import { requirePriceScope } from "./require-price-scope.ts";
import { takeInFile } from "./take-in-file.ts";

/**
 * Takes in a GGUF model of the tenant. Its header is read without native code before anything else may open it. The
 * same file under the same name puts back one that was lost from the disk.
 * @throws AppError `model_file_invalid`, `payload_too_large`, `conflict`, `scope_missing` for a price, `invalid_input` on
 * another SHA-256
 */
export async function uploadModel(context: Context, input: VerbInput<"uploadModel">): Promise<Model> {
  const { platform, tenant } = context;
  const price = priceOfQuery(input);
  requirePriceScope(context, price);
  // Before the body is read: gigabytes need not travel to meet a name that is taken.
  const lost = await findLostModel(context, input.slug);
  if (lost === undefined) await tenant.read((tx) => requireFreeModelSlug(tx, input.slug));

  const row = await takeInFile({
    files: platform.files,
    owner: { kind: "tenant", tenantId: tenant.tenantId },
    stream: input.file,
    bytesMax: LIMITS.modelFileBytesMax,
    expectedSha256: lost?.sha256 ?? input.sha256,
    check: (file) => platform.modelFiles.checkModelFile(file.path),
    isNamed: (sha256) => tenant.read((tx) => isTenantFileNamed(tx, sha256)),
    record: ({ sha256, bytes }, gguf) =>
      tenant.write(async (tx) => {
        if (lost !== undefined) return lost;
        await requireFreeModelSlug(tx, input.slug);
        const inserted = await insertModel(tx, {
          slug: input.slug,
          kind: "local",
          sha256,
          bytes,
          gguf,
          price,
        });
        await tx.audit({
          actor: actorOf(context),
          action: "model.upload",
          object: input.slug,
          details: { sha256, bytes, price },
        });
        return inserted;
      }),
  });
  return ownModelOf(row, new Map());
}

/** A model whose file is gone from the disk: the same file under the same name puts it back. */
async function findLostModel({ platform, tenant }: Context, slug: string) {
  const row = await tenant.read((tx) => findModelBySlug(tx, slug));
  if (row === undefined || row.sha256 === null) return undefined;
  const owner = { kind: "tenant", tenantId: tenant.tenantId } as const;
  return platform.files.has(owner, row.sha256) ? undefined : { ...row, sha256: row.sha256 };
}
