import type { ComparedRun } from "@assay/core";
import type { TFunction } from "i18next";

/** What a compared run is called: its version, with its suite where suites differ in what they ask. */
export function nameOfRun(
  {
    prompt,
    promptVersion,
    suite,
    suiteVersion,
  }: Pick<ComparedRun, "prompt" | "promptVersion" | "suite" | "suiteVersion">,
  t: TFunction,
): string {
  return `${prompt} ${t("versionShort", { version: promptVersion })} (${suite} ${t("versionShort", { version: suiteVersion })})`;
}
