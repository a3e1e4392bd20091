import { InvalidArgumentError } from "commander";
import { UsageError } from "../cli-error.ts";
import { REPORTERS } from "../reporters/index.ts";

export type ReporterName = "pretty" | keyof typeof REPORTERS;

/** One form of the report; without a file it goes to stdout. */
export interface ReporterUse {
  name: ReporterName;
  file: string | undefined;
}

export const REPORTER_NAMES = ["pretty", ...Object.keys(REPORTERS)];

/** Commander's parser for a repeatable `name` or `name=file`. */
export function parseReporter(text: string, earlier: readonly ReporterUse[] = []): ReporterUse[] {
  const at = text.indexOf("=");
  const name = at === -1 ? text : text.slice(0, at);
  const file = at === -1 ? undefined : text.slice(at + 1);
  if (!isReporterName(name)) {
    throw new InvalidArgumentError(
      `Allowed choices are ${REPORTER_NAMES.join(", ")}, each with or without =file.`,
    );
  }
  if (file === "") throw new InvalidArgumentError("Name the file after the =.");
  if (name === "pretty" && file !== undefined) {
    throw new InvalidArgumentError("pretty is for the terminal; markdown or html make a file to read.");
  }
  return [...earlier, { name, file }];
}

/**
 * The forms that `--reporter`, `--out` and `--json` ask for together; none means the pretty one.
 *
 * @throws UsageError when two of them would mix on stdout, or `--out` has nothing to write.
 */
export function reporterUses(options: {
  reporter?: readonly ReporterUse[];
  out?: string;
  json?: boolean;
}): ReporterUse[] {
  let uses = [...(options.reporter ?? [])];
  if (options.json === true) uses = [...uses, { name: "json", file: undefined }];
  const { out } = options;
  if (out !== undefined) {
    const homeless = uses.filter(({ name, file }) => file === undefined && name !== "pretty");
    if (homeless.length !== 1)
      throw new UsageError("--out needs a --reporter: junit, markdown, html or json.");
    uses = uses.map((use) => (use === homeless[0] ? { ...use, file: out } : use));
  }
  if (uses.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError(
      "Only one report can go to stdout; give the others a file: --reporter junit=report.xml.",
    );
  }
  return uses;
}

function isReporterName(name: string): name is ReporterName {
  return REPORTER_NAMES.includes(name);
}
