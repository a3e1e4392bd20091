import { normalize } from "node:path";
import { type Client, ClientError } from "@assay/client";
import { type DiffLine, diffLines, type PromptContent, type PromptVersion } from "@assay/core";
import { FileError } from "../cli-error.ts";

import { formatPromptFile, type PromptSource, readPromptSource } from "./prompt-file.ts";
import type { PromptFolder } from "./prompt-folder.ts";
import { findPrompt } from "./put-prompt-version.ts";

/** What applying one file would do. */
export type PlannedChange = { slug: string; path: string } & (
  | { change: "create"; content: PromptContent }
  | {
      change: "add";
      content: PromptContent;
      latestVersion: number | null;
      diff: DiffLine[];
      /** Files of partials whose text differs from the latest version's. */
      changedPartials: string[];
    }
  | { change: "none"; version: number; isLatest: boolean }
  | { change: "refused"; message: string }
);

/** Compares each file with the server, where nothing changes. A file that cannot be used is a planned refusal. */
export async function planPrompts(client: Client, folder: PromptFolder): Promise<PlannedChange[]> {
  const changes: PlannedChange[] = [];
  for (const file of folder.files) {
    try {
      changes.push({ ...file, ...(await planFile(client, file)) });
    } catch (error) {
      if (!isAboutTheFile(error)) throw error;
      changes.push({ ...file, change: "refused", message: error.message });
    }
  }
  return changes;
}

type ChangeOf<T> = T extends PlannedChange ? Omit<T, "slug" | "path"> : never;

async function planFile(
  client: Client,
  file: { slug: string; path: string },
): Promise<ChangeOf<PlannedChange>> {
  const { content, partialPaths } = await readPromptSource(file.path);
  const prompt = await findPrompt(client, file.slug);
  if (prompt === undefined) return { change: "create", content };

  const added = await client.addPromptVersion({ prompt: file.slug, content, dryRun: true });
  const { latestVersion } = prompt;
  if (!added.created && added.version !== null) {
    const { version } = added.version;
    return { change: "none", version, isLatest: version === latestVersion };
  }
  const latest =
    latestVersion === null
      ? undefined
      : await client.getPromptVersion({ prompt: file.slug, version: latestVersion });
  const changedPartials = changedPartialsOf(latest, { content, partialPaths });
  return { change: "add", content, latestVersion, diff: diffOf(latest, content), changedPartials };
}

function changedPartialsOf(
  latest: PromptVersion | undefined,
  { content, partialPaths }: PromptSource,
): string[] {
  return Object.entries(partialPaths)
    .filter(([name]) => content.partials?.[name] !== latest?.content.partials?.[name])
    .map(([, path]) => normalize(path));
}

function diffOf(latest: PromptVersion | undefined, content: PromptContent): DiffLine[] {
  const lines = (text: string) => text.trimEnd().split("\n");
  const before = latest === undefined ? [] : lines(formatPromptFile(latest.content));
  return diffLines(before, lines(formatPromptFile(content)));
}

/** Refusals of this content; whatever would hit every other file alike (no key, no server) ends the plan. */
function isAboutTheFile(error: unknown): error is Error {
  if (error instanceof FileError) return true;
  return (
    error instanceof ClientError && (error.status === 422 || error.status === 404 || error.status === 409)
  );
}
