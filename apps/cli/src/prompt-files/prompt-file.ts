import { PromptContent, type PromptMessage } from "@assay/core";
import { Document } from "yaml";
import { readYamlFile } from "../read-yaml-file.ts";

/**
 * A prompt file: YAML whose members are exactly those of a version's content.
 *
 * @throws FileError with the line of every problem.
 */
export async function readPromptFile(path: string): Promise<PromptContent> {
  return readYamlFile(path, PromptContent);
}

/** The same content as text for a file: members in one order, long texts as blocks, nothing that says nothing. */
export function formatPromptFile(content: PromptContent): string {
  const { messages, variables, model, adapter, sampling, tools, responseFormat } = content;
  const members = {
    messages: messages.map(orderedMessage),
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
