import { PromptContent, type PromptMessage, Slug } from "@assay/core";
import { Document } from "yaml";
import { z } from "zod";
import { readYamlFile } from "../read-yaml-file.ts";
import { readPartials } from "./prompt-partials.ts";

const PARTIAL_PATH_LENGTH_MAX = 1_024;

/** A version's content, but for partials, which are paths of files in the prompt file's folder. */
const PromptFile = PromptContent.extend({
  partials: z.record(Slug, z.string().min(1).max(PARTIAL_PATH_LENGTH_MAX)).optional(),
});

/** A prompt file with the files it is made of. */
export interface PromptSource {
  content: PromptContent;
  /** Paths of the partials by name, as the prompt file writes them. */
  partialPaths: Readonly<Record<string, string>>;
}

/**
 * A prompt file: YAML whose members are those of a version's content, with paths in place of the partials' texts.
 *
 * @throws FileError with the line of every problem.
 */
export async function readPromptSource(path: string): Promise<PromptSource> {
  const { partials: partialPaths = {}, ...rest } = await readYamlFile(path, PromptFile);
  if (Object.keys(partialPaths).length === 0) return { content: rest, partialPaths };
  return { content: { ...rest, partials: await readPartials(path, partialPaths) }, partialPaths };
}

/** The content alone. */
export async function readPromptFile(path: string): Promise<PromptContent> {
  return (await readPromptSource(path)).content;
}

/**
 * The same content as text for a file: members in one order, long texts as blocks, nothing that says nothing. With
 * `partialPaths` partials are named by their files, as in a prompt file; without, their texts are shown.
 */
export function formatPromptFile(
  content: PromptContent,
  partialPaths?: Readonly<Record<string, string>>,
): string {
  const { messages, partials, variables, model, adapter, sampling, tools, responseFormat } = content;
  const members = {
    messages: messages.map(orderedMessage),
    ...(partials === undefined ? {} : { partials: partialPaths ?? partials }),
    ...(variables === undefined ? {} : { variables }),
    model,
    ...(adapter === undefined ? {} : { adapter }),
    ...(Object.keys(sampling).length === 0 ? {} : { sampling }),
    ...(tools === undefined ? {} : { tools }),
    ...(responseFormat === undefined ? {} : { responseFormat }),
  };
  return new Document(members, { aliasDuplicateObjects: false }).toString({
    lineWidth: 0,
    blockQuote: "literal",
  });
}

/** Databases reorder the members of JSON; a person reads the role first. */
function orderedMessage(message: PromptMessage): PromptMessage {
  return "role" in message ? { role: message.role, content: message.content } : message;
}
