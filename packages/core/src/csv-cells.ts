/** The cells of one record of a CSV file, or why they cannot be told apart. */
export type CsvCells = { ok: true; cells: string[] } | { ok: false; message: string };

/**
 * Reads one record (RFC 4180: commas, double quotes, a quote within quotes doubled), already cut out of its file by a
 * `RecordSplitter`. Nothing is guessed: a cell that could only be read by losing some of it is refused.
 */
export function csvCells(record: string): CsvCells {
  if (!record.includes('"')) return { ok: true, cells: record.split(",") };
  const cells: string[] = [];
  for (let at = 0; ; ) {
    const cell = record[at] === '"' ? quotedCell(record, at) : plainCell(record, at);
    if (typeof cell === "string") return { ok: false, message: cell };
    cells.push(cell.text);
    if (cell.end === record.length) return { ok: true, cells };
    at = cell.end + 1;
  }
}

interface Cell {
  text: string;
  /** Where the comma behind it stands, or the record ends. */
  end: number;
}

function plainCell(record: string, start: number): Cell | string {
  const comma = record.indexOf(",", start);
  const end = comma === -1 ? record.length : comma;
  const text = record.slice(start, end);
  return text.includes('"') ? WITHIN : { text, end };
}

function quotedCell(record: string, start: number): Cell | string {
  let close = record.indexOf('"', start + 1);
  while (close !== -1 && record[close + 1] === '"') close = record.indexOf('"', close + 2);
  if (close === -1) return "a quote is left open";
  const end = close + 1;
  if (end < record.length && record[end] !== ",") return WITHIN;
  return { text: record.slice(start + 1, close).replaceAll('""', '"'), end };
}

const WITHIN = "a quote stands within a cell (the cell wants quotes around it, and this one twice)";
