import type { Label, PromptContent } from "@assay/core";
import type { Column } from "./column.ts";
import type { Edits } from "./edited-content.ts";
import type { ColumnContent } from "./use-column-contents.ts";

/** What both views of the playground are given: the columns, and how they change. */
export interface ColumnsProps {
  prompt: string;
  columns: readonly Column[];
  /** As many as there are columns. */
  contents: readonly ColumnContent[];
  labels: readonly Label[];
  edits: Edits;
  onEdit: (name: string, content: PromptContent) => void;
  onColumns: (columns: readonly Column[]) => void;
}
