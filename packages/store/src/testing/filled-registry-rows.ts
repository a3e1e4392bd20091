import { newId } from "../new-id.ts";
import type { FilledRows } from "./fill-tenant.ts";

/** What every filled row that needs a hash or a time says. */
export const HASH = "0".repeat(64);
export const AT = new Date("2026-01-02T03:04:05.678Z");

export function artefactRows(slug: string) {
  const [connectionId, modelId, adapterId] = [newId("connection"), newId("model"), newId("adapter")];
  const adapterVersionId = newId("adapterVersion");
  return {
    connections: {
      id: connectionId,
      slug,
      kind: "openai",
      baseUrl: "https://x.test/v1",
      sealedSecret: new Uint8Array([1, 2]),
      createdAt: AT,
    },
    models: {
      id: modelId,
      slug,
      kind: "hosted",
      connectionId,
      providerModel: "m",
      bytes: 2 ** 40,
      createdAt: AT,
    },
    adapters: { id: adapterId, slug, modelId, baseSha256: HASH, createdAt: AT },
    adapterVersions: {
      id: adapterVersionId,
      adapterId,
      version: 1,
      sha256: HASH,
      bytes: 3,
      rank: 8,
      alpha: 16.5,
      baseSha256: HASH,
      createdAt: AT,
    },
  } satisfies Partial<FilledRows>;
}

export function promptRows(slug: string, { models, adapterVersions }: ReturnType<typeof artefactRows>) {
  const promptId = newId("prompt");
  return {
    prompts: { id: promptId, slug, description: `A prompt of ${slug}`, createdAt: AT },
    promptVersions: {
      id: newId("promptVersion"),
      promptId,
      version: 1,
      content: {
        messages: [{ role: "system", content: `\u0000 of ${slug} \ud800` }],
        model: slug,
        sampling: {},
      },
      contentSha256: HASH,
      modelId: models.id,
      modelSha256: HASH,
      adapterVersionId: adapterVersions.id,
      adapterSha256: HASH,
      createdAt: AT,
    },
    promptDrafts: {
      promptId,
      actor: "key:test",
      baseVersion: 1,
      body: `A draft of ${slug} \u202e`,
      revision: 1,
      updatedAt: AT,
    },
  } satisfies Partial<FilledRows>;
}

export function datasetRows(slug: string) {
  const [datasetId, datasetVersionId] = [newId("dataset"), newId("datasetVersion")];
  return {
    datasets: { id: datasetId, slug, description: "", createdAt: AT },
    datasetVersions: {
      id: datasetVersionId,
      datasetId,
      version: 1,
      contentSha256: HASH,
      caseCount: 1,
      createdAt: AT,
    },
    cases: { datasetVersionId, position: 0, key: "a", body: { key: "a", variables: { q: slug }, tags: [] } },
  } satisfies Partial<FilledRows>;
}
