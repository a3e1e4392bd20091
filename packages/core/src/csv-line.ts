/** Where a spreadsheet may begin a cell, with a sign after it that makes it a formula. */
const BEGUN_FORMULA = /(^|[;\t\r\n])( *)(?=[=+\-@＝＋－＠])/g;

/**
 * A line of CSV (RFC 4180). A spreadsheet runs what begins like a formula, so an apostrophe is put before it. In much of
 * the world it splits at semicolons, and then no quote holds a cell of ours together: what follows a semicolon or a line
 * break within one begins a cell there.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(text: string): string {
  const inert = (/^[\t\r\n]/.test(text) ? `'${text}` : text).replaceAll(BEGUN_FORMULA, "$1$2'");
  return /[",;\t\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
