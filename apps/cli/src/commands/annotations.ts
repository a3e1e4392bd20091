import { allPages, type Client } from "@assay/client";
import type { AnnotationQueue, AnnotationTask, JudgeAgreement, PeopleLabels } from "@assay/core";
import { type Command, Option } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { UsageError } from "../cli-error.ts";
import { collect } from "../collect.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseCount, parseList } from "../parse-option.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

interface CreateOptions extends SessionOptions, JsonOption {
  prompt: string;
  metric?: string;
  ask: string;
  labels?: number;
}

interface FillOptions extends SessionOptions, JsonOption {
  run: string;
  draw?: "all" | "disagreements" | "labelled";
  sample?: number;
  tag?: string[];
}

interface LabelOptions extends SessionOptions, JsonOption {
  pass?: boolean;
  fail?: boolean;
  comment?: string;
}

type PlainOptions = SessionOptions & JsonOption;

const CREATE_HELP = `
Without --metric people label outputs for what they say themselves. With it their labels check a judge: it may decide
in a gate while people agree with it (Cohen's κ, 0.6 over 50 outputs unless the gate says otherwise).

Example:
  assay annotations create kindness --prompt support --metric kind --ask "Is the answer kind?"
  assay annotations fill kindness --run run_… --sample 100
  assay annotations next kindness
  assay annotations label kindness ani_… --pass
  assay annotations agreement kindness
`;

export function buildAnnotations(cli: Cli): Command {
  return groupCommand("annotations", "let people label outputs, to check a judge or for what they say", [
    buildCreate(cli),
    buildList(cli),
    buildFill(cli),
    buildNext(cli),
    buildLabel(cli),
    buildItems(cli),
    buildAgreement(cli),
  ]);
}

function buildCreate(cli: Cli): Command {
  return tenantCommand("create <queue>")
    .description("make a queue of outputs that people label")
    .requiredOption("--prompt <slug>", "whose runs are labelled")
    .option("--metric <name>", "the metric of these runs whose judge the labels check (default: none)")
    .requiredOption("--ask <text>", "what people are asked about each output")
    .option("--labels <n>", "how many people label each output (default: 1)", parseCount)
    .addHelpText("after", CREATE_HELP)
    .action((slug: string, options: CreateOptions) =>
      withClient(cli, options, async (client) => {
        const { prompt, metric, ask: instructions, labels: labelsPerItem } = options;
        const queue = await client.createAnnotationQueue({
          slug,
          prompt,
          metric,
          instructions,
          labelsPerItem,
        });
        show(cli, options, {
          schema: "annotation-queue",
          data: { queue },
          text: () => printQueues(cli, [queue]),
        });
        return EXIT_CODE.passed;
      }),
    );
}

function buildList(cli: Cli): Command {
  return tenantCommand("list")
    .description("the tenant's queues")
    .action((options: PlainOptions) =>
      withClient(cli, options, async (client) => {
        const items = await collect(allPages((cursor) => client.listAnnotationQueues({ cursor })));
        show(cli, options, {
          schema: "annotation-queues",
          data: { items },
          text: () => printQueues(cli, items),
        });
        return EXIT_CODE.passed;
      }),
    );
}

function buildFill(cli: Cli): Command {
  return tenantCommand("fill <queue>")
    .description("add outputs of a finished run")
    .requiredOption("--run <id>", "the run")
    .addOption(
      new Option("--draw <which>", "which outputs; disagreements do not count for the agreement").choices([
        "all",
        "disagreements",
        "labelled",
      ]),
    )
    .option("--sample <n>", "so many, chosen by the server by chance", parseCount)
    .option("--tag <tags>", "only cases with one of these tags, with commas between them", parseList)
    .action((queue: string, options: FillOptions) =>
      withClient(cli, options, async (client) => {
        const { run, draw, sample, tag: tags } = options;
        const filled = await client.fillAnnotationQueue({
          queue,
          run,
          draw,
          ...(tags !== undefined && { tags }),
          ...(sample !== undefined && { sample: { outputs: sample } }),
        });
        show(cli, options, {
          schema: "annotation-fill",
          data: { queue, ...filled },
          text: () => {
            const { added, alreadyThere, unjudged } = filled;
            cli.out.line(`${added} added, ${alreadyThere} there already, ${unjudged} without a verdict`);
          },
        });
        return EXIT_CODE.passed;
      }),
    );
}

function buildNext(cli: Cli): Command {
  return tenantCommand("next <queue>")
    .description("your next output to label; it shows no verdict and nobody's labels")
    .action((queue: string, options: PlainOptions) =>
      withClient(cli, options, async (client) => {
        const next = await client.getNextAnnotation({ queue });
        show(cli, options, {
          schema: "annotation-next",
          data: { queue, ...next },
          text: () => printTask(cli, queue, next),
        });
        return EXIT_CODE.passed;
      }),
    );
}

function buildLabel(cli: Cli): Command {
  return tenantCommand("label <queue> <item>")
    .description("say whether an output passes")
    .option("--pass", "it passes")
    .option("--fail", "it does not")
    .option("--comment <text>", "why")
    .action((queue: string, itemId: string, options: LabelOptions) =>
      withClient(cli, options, async (client) => {
        const { pass = false, fail = false, comment } = options;
        if (pass === fail) throw new UsageError("Say either --pass or --fail.");
        const label = await client.labelAnnotation({ queue, itemId, passed: pass, comment });
        const text = () => cli.out.line(`${itemId} ${label.passed ? "passes" : "fails"}`);
        show(cli, options, { schema: "annotation-label", data: { queue, itemId, label }, text });
        return EXIT_CODE.passed;
      }),
    );
}

function buildItems(cli: Cli): Command {
  return tenantCommand("items <queue>")
    .description("the outputs of a queue; verdict and labels show once an output has all its labels")
    .action((queue: string, options: PlainOptions) =>
      withClient(cli, options, async (client) => {
        const items = await collect(allPages((cursor) => client.listAnnotationItems({ queue, cursor })));
        const rows = items.map(({ id, caseKey, judgePassed, labels }) => [
          id,
          caseKey,
          verdictText(judgePassed),
          labels === null ? "open" : labels.map(({ passed }) => verdictText(passed)).join(", "),
        ]);
        const text = () => cli.out.table(["item", "case", "judge", "people"], rows);
        show(cli, options, { schema: "annotation-items", data: { queue, items }, text });
        return EXIT_CODE.passed;
      }),
    );
}

function buildAgreement(cli: Cli): Command {
  return tenantCommand("agreement <queue>")
    .description("what people say, how far they agree with each other, and each judge with them")
    .action((queue: string, options: PlainOptions) =>
      withClient(cli, options, async (client: Client) => {
        const { people, items } = await client.getJudgeAgreement({ queue });
        const text = () => {
          printPeople(cli, people);
          for (const item of items) printAgreement(cli, item);
        };
        show(cli, options, { schema: "judge-agreement", data: { queue, people, items }, text });
        return EXIT_CODE.passed;
      }),
    );
}

function printQueues(cli: Cli, queues: readonly AnnotationQueue[]): void {
  const rows = queues.map(({ slug, prompt, metric, items, labelsPerItem, instructions }) => [
    slug,
    prompt,
    metric ?? "-",
    items,
    labelsPerItem,
    instructions,
  ]);
  cli.out.table(["queue", "prompt", "metric", "outputs", "labels each", "asks"], rows);
}

function printTask(
  cli: Cli,
  queue: string,
  { task, open }: { task: AnnotationTask | null; open: number },
): void {
  if (task === null) {
    cli.out.line("Nothing in this queue waits for you.");
    return;
  }
  const { itemId, instructions, variables, messages, expected, output } = task;
  cli.out.line(`${instructions}   (${open} open)`);
  if (variables !== null) cli.out.line(`variables: ${JSON.stringify(variables, null, 2)}`);
  for (const { role, content } of messages ?? []) cli.out.line(`${role}: ${JSON.stringify(content)}`);
  if (expected !== undefined) cli.out.line(`expected: ${JSON.stringify(expected)}`);
  cli.out.line(`output: ${JSON.stringify(output)}`);
  cli.out.line(`assay annotations label ${queue} ${itemId} --pass | --fail`);
}

function printPeople(cli: Cli, people: PeopleLabels): void {
  const { passed, failed, undecided, incomplete, passRate, lower, upper, amongPeople } = people;
  const rate = `${share(passRate)} (95 % interval ${share(lower)} to ${share(upper)})`;
  cli.out.line(`people let ${passed} of ${passed + failed} outputs pass: ${rate}`);
  cli.out.line(`  left out: ${incomplete} without all labels, ${undecided} undecided`);
  if (amongPeople.n > 0)
    cli.out.line(`  among each other: κ ${number(amongPeople.kappa)} over ${amongPeople.n} outputs`);
}

function printAgreement(cli: Cli, agreement: JudgeAgreement): void {
  const { judge, judgeAndPeople: found, amongPeople, ...left } = agreement;
  const interval = `95 % interval ${number(found.lower)} to ${number(found.upper)}`;
  cli.out.line(`${judge}: κ ${number(found.kappa)}, ${interval}, over ${found.n} outputs`);
  cli.out.line(`  the judge lets ${share(found.judgePassRate)} pass, people ${share(found.humanPassRate)}`);
  if (amongPeople.n > 0)
    cli.out.line(`  people among each other: κ ${number(amongPeople.kappa)} over ${amongPeople.n} outputs`);
  const { incomplete, undecided, byAuthorOnly, notRepresentative } = left;
  cli.out.line(
    `  left out: ${incomplete} without all labels, ${undecided} undecided, ${byAuthorOnly} labelled by the judge's author alone, ${notRepresentative} drawn for their verdict`,
  );
}

function verdictText(passed: boolean | null): string {
  if (passed === null) return "hidden";
  return passed ? "pass" : "fail";
}

function number(value: number | null): string {
  return value === null ? "undefined" : value.toFixed(2);
}

function share(value: number | null): string {
  return value === null ? "unknown" : `${(value * 100).toFixed(0)} %`;
}
