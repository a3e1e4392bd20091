import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import manifest from "../models/manifest.json" with { type: "json" };

/** One file of `models/`, as the training run described it. */
export interface StarterFile {
  /** Name inside `models/`. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: string;
  /** `starter`, or the adapter's slug. */
  readonly name: string;
  /** Tokens that it was trained on. */
  readonly tokens: number;
  /** Adapters only: the base that they were trained on. */
  readonly baseSha256?: string;
  readonly rank?: number;
  readonly alpha?: number;
}

/** Every model file of the package, the base first. */
export const STARTER_FILES: readonly StarterFile[] = manifest.files;

/** Absolute path of a file of this package, from a path relative to the package's root. */
export function starterPath(relative: string): string {
  return fileURLToPath(new URL(`../${relative}`, import.meta.url));
}

/** The manifest's entry of that name. Throws when there is none, which is a bug in the package. */
export function starterFile(name: string): StarterFile {
  const found = STARTER_FILES.find((file) => file.name === name);
  if (found === undefined) throw new Error(`the starter manifest has no file named ${name}`);
  return found;
}

/** What is wrong with the shipped files, one sentence each; empty when all match the manifest. */
export function findFileFaults(): string[] {
  return STARTER_FILES.flatMap((file) => {
    const data = readFileSync(starterPath(`models/${file.file}`));
    const sha256 = createHash("sha256").update(data).digest("hex");
    if (sha256 === file.sha256 && data.length === file.bytes) return [];
    return [
      `${file.file} has ${data.length} bytes and SHA-256 ${sha256}, the manifest says ${file.bytes} and ${file.sha256}`,
    ];
  });
}
