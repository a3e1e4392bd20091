/** What one column of the playground asks: a place of the prompt, and what is swapped in it. */
export interface Column {
  /** A label or a version's number. */
  at: string;
  /** Another model than the version pins. */
  model?: string;
  /** Another adapter; null for none. */
  adapter?: string | null;
  /** Names the text of an unsaved change that this browser keeps. */
  edit?: string;
}

export const COLUMNS_MAX = 6;
const NO_ADAPTER = "-";
const PLACE = /^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/;
const NAME = /^[a-z0-9]+(?:[-_.][a-z0-9]+)*(?:@\d+)?$/;
const EDIT = /^[a-z0-9]{1,12}$/;

/**
 * Columns as an address has them, such as `production,3~model=small~adapter=-`; what makes no sense is left out.
 */
export function readColumns(text: string | undefined): Column[] {
  const columns = (text ?? "").split(",").flatMap((part) => readColumn(part) ?? []);
  return columns.slice(0, COLUMNS_MAX);
}

export function writeColumns(columns: readonly Column[]): string {
  return columns.map(writeColumn).join(",");
}

function readColumn(part: string): Column | undefined {
  const [at = "", ...swaps] = part.trim().split("~");
  if (!PLACE.test(at)) return undefined;
  const column: Column = { at };
  for (const swap of swaps) {
    const [name, value = ""] = swap.split("=");
    if (name === "model" && NAME.test(value)) column.model = value;
    if (name === "adapter" && value === NO_ADAPTER) column.adapter = null;
    else if (name === "adapter" && NAME.test(value)) column.adapter = value;
    if (name === "edit" && EDIT.test(value)) column.edit = value;
  }
  return column;
}

function writeColumn({ at, model, adapter, edit }: Column): string {
  const swaps = [
    model === undefined ? [] : `model=${model}`,
    adapter === undefined ? [] : `adapter=${adapter ?? NO_ADAPTER}`,
    edit === undefined ? [] : `edit=${edit}`,
  ];
  return [at, ...swaps.flat()].join("~");
}

/** Does it ask for what the version pins and for nothing else? Then it is served as apps are served. */
export function isPlain({ model, adapter, edit }: Column): boolean {
  return model === undefined && adapter === undefined && edit === undefined;
}

/** The edit that is what the person has typed in the prompt's editor, and not a text that this browser keeps. */
export const DRAFT_EDIT = "draft";

export function isDraft({ edit }: Column): boolean {
  return edit === DRAFT_EDIT;
}

/** Is it a version's number, and not a label? */
export function versionOf({ at }: Column): number | undefined {
  return /^\d+$/.test(at) ? Number(at) : undefined;
}
