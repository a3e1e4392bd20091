/** What the CLI takes from the environment; a flag always wins over it. */
export interface Environment {
  url: string | undefined;
  key: string | undefined;
  /** https://no-color.org: set to anything. */
  isColorOff: boolean;
  /** Set by every CI service: nobody watches, and time is money. */
  isCi: boolean;
  huggingFaceUrl: string;
  huggingFaceToken: string | undefined;
}

/** The only reader of the process's environment. Empty counts as unset. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  return {
    url: variables.ASSAY_URL || undefined,
    key: variables.ASSAY_KEY || undefined,
    isColorOff: Boolean(variables.NO_COLOR) || variables.TERM === "dumb",
    isCi: variables.CI === "true" || variables.CI === "1",
    huggingFaceUrl: variables.HF_ENDPOINT || "https://huggingface.co",
    huggingFaceToken: variables.HF_TOKEN || undefined,
  };
}
