import { createHash, hash } from "node:crypto";
import { AppError, type Case, canonicalJson, LIMITS } from "@assay/core";
import type { StagedImport } from "./staged-import.ts";

/** A version on its way in, with the hash of its content: that of the list of its cases' hashes, as JSON. */
export class StagedVersion {
  readonly #staged: StagedImport;
  readonly #hash = createHash("sha256");
  #before = "[";
  #chars = 0;

  constructor(staged: StagedImport) {
    this.#staged = staged;
  }

  /** @throws AppError `payload_too_large`, `conflict` */
  async add(cases: readonly Case[]): Promise<void> {
    for (const each of cases) {
      const text = canonicalJson(each);
      this.#chars += text.length;
      this.#hash.update(`${this.#before}"${hash("sha256", text)}"`);
      this.#before = ",";
    }
    refuseTooLarge(this.#chars, this.#staged.caseCount + cases.length);
    if (cases.length > 0) await this.#staged.add(cases);
  }

  get caseCount(): number {
    return this.#staged.caseCount;
  }

  /** Of all that was added; nothing can be added afterwards. */
  contentSha256(): string {
    return this.#hash.update("]").digest("hex");
  }
}

function refuseTooLarge(chars: number, cases: number): void {
  if (cases > LIMITS.datasetCasesMax) {
    throw new AppError("payload_too_large", `A dataset may have ${LIMITS.datasetCasesMax} cases at most.`);
  }
  if (chars > LIMITS.datasetStoredBytesMax) {
    const message = `The cases of a dataset may have ${LIMITS.datasetStoredBytesMax} characters at most.`;
    throw new AppError("payload_too_large", message);
  }
}
