import { printable } from "../../printable.ts";

/**
 * Foreign text as the text of an element or a quoted attribute: no character can become markup, turn the direction of
 * what follows or hide. Past `lengthMax` characters it ends with how many there are more.
 */
export function escapeHtml(text: string, lengthMax = 4_000): string {
  const left = text.length - lengthMax;
  const shown = left > 0 ? `${text.slice(0, lengthMax)} … and ${left} more characters` : text;
  return printable(shown.toWellFormed())
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
