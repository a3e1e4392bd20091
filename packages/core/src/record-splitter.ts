/** One record of a text file, and the line it begins on; lines count from 1. */
export interface TextRecord {
  line: number;
  text: string;
}

export interface SplitOptions {
  /** Records of CSV end at LF, CRLF or CR, and not within quotes; of anything else at LF or CRLF. */
  isCsv: boolean;
  /** In UTF-16 code units; what is longer is cut there, so that one open quote cannot swallow the file. */
  recordCharsMax: number;
}

/**
 * Splits a text, given in pieces cut anywhere, into the records that its line breaks separate. Empty lines and a byte
 * order mark are left out. Holds one record at a time, of `recordCharsMax` + 1 characters at most.
 */
export class RecordSplitter {
  readonly #isCsv: boolean;
  readonly #charsMax: number;
  #text = "";
  #startLine = 1;
  #line = 1;
  #isQuoted = false;
  #isFirst = true;
  /** A CR at the end of a piece: what follows says whether it is half a line break. */
  #held = "";

  constructor({ isCsv, recordCharsMax }: SplitOptions) {
    this.#isCsv = isCsv;
    this.#charsMax = recordCharsMax;
  }

  *push(piece: string): Generator<TextRecord> {
    const text = this.#held + this.#withoutMark(piece);
    const holds = this.#isCsv && text.endsWith("\r");
    this.#held = holds ? "\r" : "";
    let start = 0;
    const whole = holds ? text.slice(0, -1) : text;
    for (const { 0: lineBreak, index } of whole.matchAll(this.#isCsv ? /\r\n?|\n/g : /\n/g)) {
      this.#take(whole.slice(start, index));
      start = index + lineBreak.length;
      this.#line++;
      if (this.#isQuoted) this.#take(lineBreak);
      else yield* this.#record();
    }
    this.#take(whole.slice(start));
  }

  /** What stands after the last line break. */
  *end(): Generator<TextRecord> {
    this.#take(this.#held);
    yield* this.#record();
  }

  #withoutMark(piece: string): string {
    const text = this.#isFirst && piece.startsWith("\uFEFF") ? piece.slice(1) : piece;
    if (piece !== "") this.#isFirst = false;
    return text;
  }

  *#record(): Generator<TextRecord> {
    const text = this.#text.endsWith("\r") ? this.#text.slice(0, -1) : this.#text;
    if (text.trim() !== "") yield { line: this.#startLine, text };
    this.#text = "";
    this.#startLine = this.#line;
    this.#isQuoted = false;
  }

  #take(piece: string): void {
    if (this.#isCsv) {
      for (let at = piece.indexOf('"'); at !== -1; at = piece.indexOf('"', at + 1))
        this.#isQuoted = !this.#isQuoted;
    }
    const room = this.#charsMax + 1 - this.#text.length;
    if (room > 0) this.#text += piece.slice(0, room);
  }
}
