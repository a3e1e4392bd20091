import type { Client } from "@assay/client";
import { FileError, UsageError } from "./cli-error.ts";

/** The number of a version that was written as a number or as `latest`; `what` names the option in errors. */
export async function versionArgument(
  client: Client,
  prompt: string,
  { text, what }: { text: string; what: string },
): Promise<number> {
  if (text !== "latest") {
    if (!/^[1-9]\d*$/.test(text)) throw new UsageError(`${what} is a version's number or \`latest\`.`);
    return Number(text);
  }
  const { latestVersion } = await client.getPrompt({ prompt });
  if (latestVersion === null) throw new FileError(`The prompt "${prompt}" has no version yet.`);
  return latestVersion;
}
