import { type GenerateRequest, messageText } from "@assay/core";

/** Everything a request wants the model to read, in one piece. */
export function promptText(input: GenerateRequest["input"]): string {
  return "text" in input ? input.text : input.messages.map(messageText).join("\n");
}

/** How many bytes a request wants the model to read, before any template is put around them. */
export function promptBytes(input: GenerateRequest["input"]): number {
  return Buffer.byteLength(promptText(input));
}
