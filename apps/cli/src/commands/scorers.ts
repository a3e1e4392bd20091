import { type ScorerInfo, scorerOptions } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { FileError } from "../cli-error.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { tenantCommand } from "../shared-options.ts";

export function buildScorers(cli: Cli): Command {
  return tenantCommand("scorers [type]")
    .description("what outputs can be judged by; with a type, its options")
    .addHelpText("after", "\nExample:\n  assay scorers json-fields\n")
    .action((type: string | undefined, options: SessionOptions & JsonOption) =>
      withClient(cli, options, async (client) => {
        const { items } = await client.listScorers({});
        if (type === undefined) {
          show(cli, options, { schema: "scorers", data: { items }, text: () => printList(cli, items) });
          return EXIT_CODE.passed;
        }
        const scorer = items.find((item) => item.type === type);
        if (scorer === undefined)
          throw new FileError(`There is no scorer "${type}"; \`assay scorers\` lists them.`);
        show(cli, options, { schema: "scorer", data: { scorer }, text: () => printOne(cli, scorer) });
        return EXIT_CODE.passed;
      }),
    );
}

function printList(cli: Cli, scorers: readonly ScorerInfo[]): void {
  const rows = scorers.map((scorer) => [scorer.type, scorer.kind, measureOf(scorer), scorer.title]);
  cli.out.table(["type", "kind", "measures", "title"], rows);
}

function printOne(cli: Cli, scorer: ScorerInfo): void {
  cli.out.line(`${scorer.type} (${scorer.kind}): ${scorer.title}`);
  cli.out.line(scorer.description);
  const measure = measureOf(scorer);
  if (measure !== null) cli.out.line(`measures ${measure}`);
  const options = scorerOptions(scorer);
  if (options.length === 0) {
    cli.out.line("no options");
    return;
  }
  const rows = options.map(({ name, type, isRequired, default: value, description }) => [
    name,
    type,
    value ?? (isRequired ? "required" : null),
    description,
  ]);
  cli.out.table(["option", "type", "default", "what it is"], rows);
}

function measureOf({ measure }: ScorerInfo): string | null {
  if (measure === null) return null;
  return `${measure.unit}, ${measure.direction === "maximize" ? "more" : "less"} is better`;
}
