/**
 * The rows of a CSV file (RFC 4180) by the names of its header. Short rows are filled with empty cells, and a byte order
 * mark is left out.
 */
export function csvRows(text: string): Record<string, string>[] {
  const [header, ...rows] = csvRecords(text.replace(/^\ufeff/, ""));
  if (header === undefined) return [];
  return rows
    .filter((row) => row.some((cell) => cell !== ""))
    .map((row) => Object.fromEntries(header.map((name, index) => [name.trim(), row[index] ?? ""])));
}

function csvRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  // A cell, quoted or plain, and what ends it.
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    const [, quoted, plain = "", end] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    records.push(record);
    record = [];
    if (end === "") break;
  }
  return records;
}
