import { csvCells, RecordSplitter } from "@assay/core/plain";

/**
 * The rows of a CSV file by the names of its header, read as the server's import reads it. Short rows are filled with
 * empty cells; rows of empty cells are left out.
 *
 * @throws Error that names the line, where a cell could only be read by losing some of it
 */
export function csvRows(text: string): Record<string, string>[] {
  const [header, ...rows] = csvRecords(text);
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

function csvRecords(text: string): { line: number; cells: string[] }[] {
  const splitter = new RecordSplitter({ isCsv: true, recordCharsMax: text.length });
  return [...splitter.push(text), ...splitter.end()].map(({ line, text: record }) => {
    const read = csvCells(record);
    if (!read.ok) throw new Error(`line ${line}: ${read.message}`);
    return { line, cells: read.cells };
  });
}
