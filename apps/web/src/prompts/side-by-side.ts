import { diffLines } from "@assay/core/plain";

/** A piece of a line; marked where it differs from its partner. */
export interface Piece {
  text: string;
  isMarked: boolean;
}

/** One row of a comparison: a line of the older text, of the newer, or of both. */
export interface ComparedRow {
  left: Piece[] | null;
  right: Piece[] | null;
  isSame: boolean;
}

/** Longer lines are shown as replaced whole. */
const WORDS_MAX = 400;
/** Below this share of common words two lines are not one that was changed. */
const COMMON_SHARE_MIN = 0.3;

/** Two texts beside each other, changed lines with their changed words. */
export function sideBySide(before: readonly string[], after: readonly string[]): ComparedRow[] {
  const rows: ComparedRow[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    rows.push(...pairUp(removed, added));
    removed = [];
    added = [];
  };
  for (const { kind, text } of diffLines(before, after)) {
    if (kind === "removed") removed.push(text);
    else if (kind === "added") added.push(text);
    else {
      flush();
      rows.push({ left: [plain(text)], right: [plain(text)], isSame: true });
    }
  }
  flush();
  return rows;
}

function plain(text: string): Piece {
  return { text, isMarked: false };
}

function pairUp(removed: readonly string[], added: readonly string[]): ComparedRow[] {
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, index): ComparedRow => {
    const [left, right] = [removed[index], added[index]];
    if (left === undefined || right === undefined) {
      return { left: pieceOf(left), right: pieceOf(right), isSame: false };
    }
    return { ...comparedWords(left, right), isSame: false };
  });
}

function pieceOf(line: string | undefined): Piece[] | null {
  return line === undefined ? null : [plain(line)];
}

function comparedWords(left: string, right: string): { left: Piece[]; right: Piece[] } {
  const [before, after] = [wordsOf(left), wordsOf(right)];
  if (before.length > WORDS_MAX || after.length > WORDS_MAX)
    return { left: [plain(left)], right: [plain(right)] };
  const words = diffLines(before, after);
  const common = words.filter(({ kind, text }) => kind === "same" && text.trim() !== "").length;
  const most = Math.max(
    1,
    ...[before, after].map((line) => line.filter((word) => word.trim() !== "").length),
  );
  if (common / most < COMMON_SHARE_MIN) return { left: [plain(left)], right: [plain(right)] };
  const side = (own: "removed" | "added") =>
    words
      .filter(({ kind }) => kind === "same" || kind === own)
      .map(({ kind, text }) => ({ text, isMarked: kind === own }));
  return { left: joined(side("removed")), right: joined(side("added")) };
}

/** Words and what is between them, in turn. */
function wordsOf(line: string): string[] {
  return line.split(/(\s+|[^\p{L}\p{N}_]+)/u).filter((word) => word !== "");
}

function joined(pieces: readonly Piece[]): Piece[] {
  const runs: Piece[] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last?.isMarked === piece.isMarked) last.text += piece.text;
    else runs.push({ ...piece });
  }
  return runs;
}
