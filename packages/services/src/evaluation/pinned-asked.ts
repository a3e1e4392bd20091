import { AppError, canonicalJson, type Json, type ScorerUse } from "@assay/core";
import { referencesOfUse } from "@assay/evaluator";
import { findConnectionBySlug, findServableModelBySlug, type TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { describeConnection, describeJudge, describeModel } from "./describe-asked.ts";
import { findJudge, type Judge } from "./find-judges.ts";

type FoundConnection = Parameters<typeof describeConnection>[0];
type FoundModel = Parameters<typeof describeModel>[1];

/**
 * What the scorers of a run ask, as it was when the run's hashes were last compared. A connection is read anew for each
 * question, so that one that was changed is not asked any more; one that is another for a while and then the old one
 * again would otherwise leave scores under the name of what did not give them.
 */
export class PinnedAsked {
  readonly #platform: Platform;
  readonly #pinned = new Map<string, string>();

  private constructor(platform: Platform) {
    this.#platform = platform;
  }

  static async read(platform: Platform, tx: TenantTx, uses: readonly ScorerUse[]): Promise<PinnedAsked> {
    const asked = new PinnedAsked(platform);
    for (const use of uses) {
      const { judges = [], models = [], connections = [] } = referencesOfUse(use);
      for (const reference of judges) {
        const judge = await findJudge(tx, reference);
        asked.#pinned.set(judgeName(reference), canonicalJson(describeJudge(platform, judge)));
      }
      for (const slug of models) {
        const model = await findServableModelBySlug(tx, slug);
        asked.#pinned.set(modelName(slug), canonicalJson(describeModel(platform, model)));
      }
      for (const slug of connections) {
        const connection = await findConnectionBySlug(tx, slug);
        asked.#pinned.set(connectionName(slug), canonicalJson(describeConnection(connection)));
      }
    }
    return asked;
  }

  /** @throws AppError `conflict` when the judge is another by now: the run's scores would not belong together. */
  requireSameJudge(reference: { prompt: string; version: number }, judge: Judge): void {
    this.#requireSame(judgeName(reference), describeJudge(this.#platform, judge));
  }

  /** @throws AppError `conflict` when the model is another, or is reached another way. */
  requireSameModel(slug: string, model: FoundModel): void {
    this.#requireSame(modelName(slug), describeModel(this.#platform, model));
  }

  /** @throws AppError `conflict` when the connection leads elsewhere. */
  requireSameConnection(slug: string, connection: FoundConnection): void {
    this.#requireSame(connectionName(slug), describeConnection(connection));
  }

  #requireSame(name: string, now: Json): void {
    if (this.#pinned.get(name) === canonicalJson(now)) return;
    throw new AppError(
      "conflict",
      `The ${name} was changed while the run asked it, so its scores would not belong together. Start it again.`,
    );
  }
}

function judgeName({ prompt, version }: { prompt: string; version: number }): string {
  return `judge "${prompt}@${version}"`;
}

function modelName(slug: string): string {
  return `model "${slug}"`;
}

function connectionName(slug: string): string {
  return `connection "${slug}"`;
}
