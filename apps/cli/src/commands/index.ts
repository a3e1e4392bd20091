import type { CommandBuilder } from "../create-program.ts";

/** A command, which is loaded when it is asked for: most of them need much that the others do not. */
export interface CommandEntry {
  name: string;
  load: () => Promise<CommandBuilder>;
}

/** THE list of commands, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: "eval", load: async () => (await import("./eval.ts")).buildEval },
  { name: "compare", load: async () => (await import("./compare.ts")).buildCompare },
  { name: "prompts", load: async () => (await import("./prompts.ts")).buildPrompts },
  { name: "promote", load: async () => (await import("./promote.ts")).buildPromote },
  { name: "rollback", load: async () => (await import("./rollback.ts")).buildRollback },
  { name: "changes", load: async () => (await import("./changes.ts")).buildChanges },
  { name: "evidence", load: async () => (await import("./evidence.ts")).buildEvidence },
  { name: "gates", load: async () => (await import("./gates.ts")).buildGates },
  { name: "judges", load: async () => (await import("./judges.ts")).buildJudges },
  { name: "annotations", load: async () => (await import("./annotations.ts")).buildAnnotations },
  { name: "datasets", load: async () => (await import("./datasets.ts")).buildDatasets },
  { name: "import", load: async () => (await import("./import.ts")).buildImport },
  { name: "scorers", load: async () => (await import("./scorers.ts")).buildScorers },
  { name: "traces", load: async () => (await import("./traces.ts")).buildTraces },
  { name: "models", load: async () => (await import("./models.ts")).buildModels },
  { name: "adapters", load: async () => (await import("./adapters.ts")).buildAdapters },
  { name: "connections", load: async () => (await import("./connections.ts")).buildConnections },
  { name: "keys", load: async () => (await import("./keys.ts")).buildKeys },
  { name: "members", load: async () => (await import("./members.ts")).buildMembers },
  { name: "invite", load: async () => (await import("./invite.ts")).buildInvite },
  { name: "usage", load: async () => (await import("./usage.ts")).buildUsage },
  { name: "whoami", load: async () => (await import("./whoami.ts")).buildWhoami },
  { name: "tenants", load: async () => (await import("./tenants.ts")).buildTenants },
  { name: "operator-key", load: async () => (await import("./operator-key.ts")).buildOperatorKey },
  { name: "operator-login", load: async () => (await import("./operator-login.ts")).buildOperatorLogin },
  { name: "backup", load: async () => (await import("./backup.ts")).buildBackup },
  { name: "restore", load: async () => (await import("./restore.ts")).buildRestore },
];

/** The builders of the command that a command line begins with; of all of them where it names none. */
export async function loadCommands(name: string | undefined): Promise<CommandBuilder[]> {
  const named = COMMANDS.filter((entry) => entry.name === name);
  return await Promise.all((named.length > 0 ? named : COMMANDS).map(({ load }) => load()));
}
