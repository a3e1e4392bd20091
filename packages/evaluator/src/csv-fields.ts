import { CsvError, parse } from "csv-parse/browser/esm/sync";

/** The fields of one record of a CSV file, or why it has none that can be told apart. */
export type CsvFields = { ok: true; fields: string[] } | { ok: false; message: string };

/**
 * Reads records (RFC 4180: commas, double quotes, a quote within quotes doubled), each already cut out of its file.
 * All at once, which is four times as fast as one by one; one by one when that fails, to see which it was.
 */
export function csvFields(records: readonly string[]): CsvFields[] {
  try {
    const rows = parse(records.join("\n"), { relax_column_count: true });
    if (rows.length === records.length) return rows.map((fields) => ({ ok: true, fields }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return records.map(fieldsOf);
}

function fieldsOf(record: string): CsvFields {
  try {
    const [fields = []] = parse(record, { relax_column_count: true });
    return { ok: true, fields };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, message: error.message.replace(/ at line \d+/, "") };
  }
}
