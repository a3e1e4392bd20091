import { AppError, LIMITS, type Model } from "@assay/core";
import {
  findSharedModelBySlug,
  insertPlatformAudit,
  insertSharedModel,
  isSharedFileNamed,
} from "@assay/store";
import type { OperatorContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { sharedModelOf } from "./model-of.ts";
import { priceOfQuery } from "./price-of-query.ts";
import { takeInFile } from "./take-in-file.ts";

/**
 * Takes in a GGUF model that every tenant may use, checked like a tenant's.
 * @throws AppError `model_file_invalid`, `payload_too_large`, `conflict`, `invalid_input` on another SHA-256
 */
export async function addSharedModel(
  context: OperatorContext,
  input: VerbInput<"addSharedModel">,
): Promise<Model> {
  const { platform } = context;
  const price = priceOfQuery(input);
  const taken = await platform.store.readPlatform((tx) => findSharedModelBySlug(tx, input.slug));
  if (taken !== undefined) throw new AppError("conflict", `A shared model "${input.slug}" already exists.`);

  const row = await takeInFile({
    files: platform.files,
    owner: { kind: "shared" },
    stream: input.file,
    bytesMax: LIMITS.modelFileBytesMax,
    expectedSha256: input.sha256,
    check: (file) => platform.modelFiles.checkModelFile(file.path),
    isNamed: (sha256) => platform.store.readPlatform((tx) => isSharedFileNamed(tx, sha256)),
    record: ({ sha256, bytes }, gguf) =>
      platform.store.writePlatform(async (tx) => {
        const inserted = await insertSharedModel(tx, {
          slug: input.slug,
          kind: "local",
          sha256,
          bytes,
          gguf,
          price,
        });
        await insertPlatformAudit(tx, {
          actor: `operator:${context.operatorId}`,
          action: "shared_model.add",
          object: input.slug,
          details: { sha256, bytes },
        });
        return inserted;
      }),
  });
  return sharedModelOf(row);
}
