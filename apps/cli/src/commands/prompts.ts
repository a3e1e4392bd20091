import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { allPages, type Client } from "@assay/client";
import { invariant, type PromptVersion } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { FileError, UsageError } from "../cli-error.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { printDiffLine } from "../print-diff-line.ts";
import { type PlannedChange, planPrompts } from "../prompt-files/plan-prompts.ts";
import { openPromptFolder, type PromptFolder, promptFolderPath } from "../prompt-files/prompt-folder.ts";
import { putPromptVersion } from "../prompt-files/put-prompt-version.ts";
import { writePromptFile } from "../prompt-files/write-prompt-file.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";
import { buildDerive } from "./prompts-derive.ts";

interface PromptsOptions extends SessionOptions, JsonOption {
  label?: string;
}

const PLAN_HELP = `
A file is named after its prompt and holds exactly a version's content. <slug>.<words>.yaml beside <slug>.yaml is a
wording to try with \`assay eval --prompt-file\`, and no prompt of its own. Texts that several prompts share are partials:
\`partials: { footer: ./partials/footer.liquid }\`, taken in by \`{% render 'footer' %}\`; the files lie in the same folder.

Examples:
  assay prompts plan                      the files of prompts/<your tenant>
  assay prompts plan prompts/airline
  assay prompts plan prompts --local --tenant airline
`;

export function buildPrompts(cli: Cli): Command {
  const plan = tenantCommand("plan [dir]")
    .description("show what `apply` would do, line by line, and change nothing")
    .addHelpText("after", PLAN_HELP)
    .action((dir: string | undefined, options: PromptsOptions) => planCommand(cli, dir, options));
  const apply = tenantCommand("apply [dir]")
    .description("add every changed file as a version; labels stay where they are")
    .addHelpText("after", "\nExample:\n  assay prompts apply prompts/airline\n")
    .action((dir: string | undefined, options: PromptsOptions) => applyCommand(cli, dir, options));
  const pull = tenantCommand("pull [dir]")
    .description("write each prompt's latest version to its file; a file that says the same stays as it is")
    .option("--label <name>", "the version this label points to, instead of the latest")
    .addHelpText("after", "\nExample:\n  assay prompts pull prompts/airline --label production\n")
    .action((dir: string | undefined, options: PromptsOptions) => pullCommand(cli, dir, options));
  return groupCommand("prompts", "keep prompts as files, and derive versions", [
    plan,
    apply,
    pull,
    buildDerive(cli),
  ]);
}

async function planCommand(cli: Cli, dir: string | undefined, options: PromptsOptions): Promise<void> {
  await withClient(cli, options, async (client) => {
    const folder = await openFolder(client, dir, options);
    const changes = await planPrompts(client, folder);
    show(cli, options, {
      schema: "prompts-plan",
      data: { changes, variants: folder.variants },
      text: () => printPlan(cli, folder, changes),
    });
    return exitCodeOf(changes);
  });
}

async function applyCommand(cli: Cli, dir: string | undefined, options: PromptsOptions): Promise<void> {
  await withClient(cli, options, async (client) => {
    const folder = await openFolder(client, dir, options);
    const changes = await planPrompts(client, folder);
    // All or nothing as far as can be told beforehand: a folder with a refused file is not applied by half.
    if (exitCodeOf(changes) !== EXIT_CODE.passed) {
      if (options.json !== true) printPlan(cli, folder, changes);
      throw new FileError("Nothing was applied: set the refused files right first.");
    }
    const applied: { prompt: string; version: number; created: boolean }[] = [];
    for (const change of changes) applied.push(await applyChange(client, change));
    show(cli, options, {
      schema: "prompts-apply",
      data: { applied },
      text: () => {
        for (const { prompt, version, created } of applied) {
          cli.out.line(`${created ? "+" : "="} ${prompt}@${version}${created ? "" : " (unchanged)"}`);
        }
      },
    });
    return EXIT_CODE.passed;
  });
}

async function applyChange(client: Client, change: PlannedChange) {
  invariant(change.change !== "refused", "refused plans are not applied");
  if (change.change === "none") return { prompt: change.slug, version: change.version, created: false };
  const added = await putPromptVersion(client, change.slug, change.content);
  invariant(added.version !== null, "only a dry run returns no version");
  return { prompt: change.slug, version: added.version.version, created: added.created };
}

async function pullCommand(cli: Cli, dir: string | undefined, options: PromptsOptions): Promise<void> {
  await withClient(cli, options, async (client) => {
    const folder = await promptFolderPath(dir ?? "prompts", await tenantOf(client, options));
    await mkdir(folder, { recursive: true });
    const pulled: { path: string; version: number; written: boolean }[] = [];
    for await (const { slug } of allPages((cursor) => client.listPrompts({ cursor }))) {
      const version = await versionToPull(client, slug, options.label);
      if (version === undefined) continue;
      const path = join(folder, `${slug}.yaml`);
      const written = await writePromptFile(path, version.content);
      pulled.push({ path, version: version.version, written });
    }
    show(cli, options, {
      schema: "prompts-pull",
      data: { pulled },
      text: () => {
        for (const { path, version, written } of pulled) {
          cli.out.line(`${written ? "+" : "="} ${path} (version ${version}${written ? "" : ", unchanged"})`);
        }
      },
    });
    return EXIT_CODE.passed;
  });
}

async function versionToPull(
  client: Client,
  prompt: string,
  label: string | undefined,
): Promise<PromptVersion | undefined> {
  const version =
    label === undefined
      ? (await client.getPrompt({ prompt })).latestVersion
      : (await client.listLabels({ prompt })).items.find(({ name }) => name === label)?.version;
  return version == null ? undefined : client.getPromptVersion({ prompt, version });
}

async function openFolder(
  client: Client,
  dir: string | undefined,
  options: SessionOptions,
): Promise<PromptFolder> {
  return openPromptFolder(dir ?? "prompts", await tenantOf(client, options));
}

/** @throws UsageError when `--tenant` names another tenant than the key's: its files would land in the wrong place. */
async function tenantOf(client: Client, options: SessionOptions): Promise<string> {
  const slug = (await client.getCaller()).tenant?.slug;
  if (slug === undefined) throw new UsageError("This is an operator's key; prompts belong to tenants.");
  if (options.tenant !== undefined && options.tenant !== slug) {
    throw new UsageError(`This key belongs to the tenant "${slug}", not to "${options.tenant}".`);
  }
  return slug;
}

function exitCodeOf(changes: readonly PlannedChange[]): ExitCode {
  return changes.some(({ change }) => change === "refused") ? EXIT_CODE.couldNotRun : EXIT_CODE.passed;
}

function printPlan(cli: Cli, folder: PromptFolder, changes: readonly PlannedChange[]): void {
  const { out } = cli;
  for (const change of changes) {
    out.line(planLine(change));
    if (change.change === "add") for (const line of change.diff) printDiffLine(out, line);
  }
  for (const [path, slugs] of changedPartials(changes)) {
    out.line(`* ${path} changed: touches ${slugs.join(", ")}`);
  }
  for (const path of folder.variants) out.line(out.colors.dim(`  ${path}: a variant, left out`));
  const count = changes.filter(({ change }) => change === "create" || change === "add").length;
  out.line(count === 0 ? "Nothing to add." : `${count} to add.`);
}

/** Each changed file of a partial with the prompts that take it in. */
function changedPartials(changes: readonly PlannedChange[]): Map<string, string[]> {
  const touched = new Map<string, string[]>();
  for (const change of changes) {
    if (change.change !== "add") continue;
    for (const path of change.changedPartials) touched.set(path, [...(touched.get(path) ?? []), change.slug]);
  }
  return touched;
}

function planLine(change: PlannedChange): string {
  if (change.change === "create") return `+ ${change.slug}: a new prompt, version 1`;
  if (change.change === "add")
    return `~ ${change.slug}: a new version after ${change.latestVersion ?? "none"}`;
  if (change.change === "refused") return `! ${change.slug}: ${change.message}`;
  return `= ${change.slug}: is version ${change.version}${change.isLatest ? "" : ", which is not the latest"}`;
}
