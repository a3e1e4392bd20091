/**
 * The rows of a CSV file (RFC 4180, any line ends) by the names of its header. Short rows are filled with empty cells;
 * a byte order mark and rows of empty cells are left out.
 *
 * @throws Error that names the line, where a cell could only be read by losing some of it: as the server's import, which
 * reads with a library that the command line does not carry.
 */
export function csvRows(text: string): Record<string, string>[] {
  const [header, ...rows] = csvRecords(text.replace(/^\ufeff/, ""));
  if (header === undefined) return [];
  const names = header.cells.map((name) => name.trim());
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`line ${header.line}: the column ${twice} stands there twice`);
  return rows
    .filter(({ cells }) => cells.some((cell) => cell !== ""))
    .map(({ line, cells }) => {
      if (cells.slice(names.length).some((cell) => cell !== ""))
        throw new Error(`line ${line}: ${cells.length} cells, the header has ${names.length}`);
      return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]));
    });
}

interface CsvRecord {
  /** Where it begins; lines count from 1. */
  line: number;
  cells: string[];
}

function csvRecords(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  // A cell, quoted or plain, and what ends it; at each place, so that nothing between two cells is passed over.
  const nextCell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y;
  let line = 1;
  let record: CsvRecord = { line, cells: [] };
  while (nextCell.lastIndex < text.length || record.cells.length > 0) {
    const match = nextCell.exec(text);
    if (match === null) throw new Error(`line ${line}: a quote stands within a cell, or is left open`);
    const [whole, quoted, plain = "", end] = match;
    record.cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (end === ",") continue;
    records.push(record);
    record = { line, cells: [] };
  }
  return records;
}
