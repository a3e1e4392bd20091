import { z } from "zod";
import { Case, ImportedDataset } from "./dataset.ts";
import { LIMITS } from "./limits.ts";

/**
 * What a column of a file becomes: `key`, `group`, `tags`, `input` (one user message), `messages`, `variables`,
 * `expected`, one variable (`var.<name>`), one member of the expectation (`expected.<field>`), or nothing (`-`).
 */
export const ColumnRole = z
  .string()
  .max(LIMITS.nameLengthMax)
  .regex(
    /^(-|key|group|tags|input|messages|variables|expected|(var|expected)\..+)$/su,
    "is not a role of a column",
  );
export type ColumnRole = z.infer<typeof ColumnRole>;

/** Column name → role, as the JSON of an object; columns that it does not name are left out. */
const MappingText = z
  .string()
  .max(LIMITS.importMappingCharsMax)
  .transform((text, context) => {
    const read = z.record(z.string(), ColumnRole).safeParse(parsed(text));
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    context.addIssue({ code: "custom", message: `${issue?.path.join(".") || "it"}: ${issue?.message}` });
    return z.NEVER;
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Flag = z.enum(["true", "false"]);

/** How the rows of a file become cases. */
export const ImportRules = z.strictObject({
  format: z.enum(["jsonl", "csv"]),
  /** Without it the columns are taken by their names. */
  mapping: MappingText.optional(),
  /** `append` puts the rows after the cases of the newest version, whose keys they may not have. */
  mode: z.enum(["replace", "append"]).optional(),
});
export type ImportRules = z.infer<typeof ImportRules>;

export const ImportQuery = ImportRules.extend({
  /** `true` names the dataset as well when it is not there yet: both, or neither when a row is wrong. */
  create: Flag.optional(),
  /** `true` leaves out rows that are wrong, instead of refusing them all. */
  skipWrong: Flag.optional(),
  note: z.string().max(LIMITS.reasonLengthMax).optional(),
});

/** One refused row of an import; the whole import is refused with it. Rows count from 1 as an editor shows them. */
export const ImportError = z.object({ row: z.number().int(), message: z.string() });
export type ImportError = z.infer<typeof ImportError>;

/** `skipped`: rows that were wrong and were asked to be left out. */
export const ImportOutcome = ImportedDataset.extend({ skipped: z.number().int() });
export type ImportOutcome = z.infer<typeof ImportOutcome>;

export const ImportCheckQuery = ImportRules.extend({
  /** `true`: the text is the beginning of a file, and its last row may be cut. */
  isCut: Flag.optional(),
});

/** A wrong row as it stands in the file: its cells, or its whole text where it has none that can be told apart. */
export const WrongRow = ImportError.extend({ cells: z.array(z.string()), isShortened: z.boolean() });
export type WrongRow = z.infer<typeof WrongRow>;

/** What an import would come to. Nothing is stored. */
export const ImportCheck = z.object({
  columns: z.array(z.object({ name: z.string(), role: ColumnRole, samples: z.array(z.string()) })),
  rows: z.number().int(),
  /** Rows that are good. */
  cases: z.number().int(),
  /** The first of them, as cases. */
  examples: z.array(Case),
  wrongRows: z.number().int(),
  /** The first `LIMITS.wrongRowsMax` of them. */
  wrong: z.array(WrongRow),
});
export type ImportCheck = z.infer<typeof ImportCheck>;
