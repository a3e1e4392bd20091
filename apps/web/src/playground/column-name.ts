import type { TFunction } from "i18next";
import { type Column, isDraft } from "./column.ts";

/** What a column is called wherever it is spoken of. */
export function columnName(column: Column, t: TFunction<"playground">): string {
  return isDraft(column) ? t("yourDraft") : column.at;
}
