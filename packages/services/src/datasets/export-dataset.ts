import type { Case } from "@assay/core";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { CsvColumnFinder, type CsvColumns, caseCsv } from "./case-csv.ts";
import { requireVersion } from "./find-version.ts";
import { pagesOfVersion } from "./pages-of-version.ts";
import { scanCases } from "./scan-cases.ts";

export interface ExportedDataset {
  fileName: string;
  contentType: string;
  /** Read on while the answer is sent. */
  chunks: AsyncGenerator<string>;
}

/**
 * All cases of a version as a file. JSONL is what an import takes in, to the last member; CSV is for spreadsheets, and
 * no cell of it is taken for a formula there.
 * @throws AppError `not_found`
 */
export async function exportDataset(
  { tenant }: Context,
  { dataset, version, format }: VerbInput<"exportDataset">,
): Promise<ExportedDataset> {
  const row = await requireVersion(tenant, { dataset, version });
  const fileName = `${dataset}-v${version}.${format}`;
  const pages = pagesOfVersion(tenant, row.id);
  if (format === "jsonl") return { fileName, contentType: "application/jsonl", chunks: jsonLines(pages) };
  const columns = new CsvColumnFinder();
  for await (const texts of scanCases(tenant, row.id))
    for (const { json } of texts) columns.see(JSON.parse(json));
  return { fileName, contentType: "text/csv", chunks: csvLines(pages, columns.found()) };
}

async function* jsonLines(pages: AsyncIterable<Case[]>): AsyncGenerator<string> {
  for await (const cases of pages) yield cases.map((each) => `${JSON.stringify(each)}\n`).join("");
}

async function* csvLines(pages: AsyncIterable<Case[]>, columns: CsvColumns): AsyncGenerator<string> {
  const csv = caseCsv(columns);
  yield csv.header;
  for await (const cases of pages) yield cases.map(csv.row).join("");
}
