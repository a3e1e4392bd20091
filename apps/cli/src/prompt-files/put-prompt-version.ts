import { type Client, ClientError } from "@assay/client";
import type { AddedVersion, Prompt, PromptContent } from "@assay/core";

export async function findPrompt(client: Client, prompt: string): Promise<Prompt | undefined> {
  try {
    return await client.getPrompt({ prompt });
  } catch (error) {
    if (error instanceof ClientError && error.code === "not_found") return undefined;
    throw error;
  }
}

/** Adds a version of this content, naming the prompt first when it is new. Identical content adds none. */
export async function putPromptVersion(
  client: Client,
  prompt: string,
  content: PromptContent,
): Promise<AddedVersion> {
  if ((await findPrompt(client, prompt)) === undefined) await client.createPrompt({ slug: prompt });
  return client.addPromptVersion({ prompt, content });
}
