/** One record of a text file, and the line it begins on; lines count from 1. */
export interface TextRecord {
  line: number;
  text: string;
}

export interface RecordSplit {
  chunks: AsyncIterable<string>;
  /** In CSV a line break within quotes does not end the record. */
  quotes: "none" | "csv";
  /** In UTF-16 code units; what is longer is cut there, so that one open quote cannot swallow the file. */
  recordCharsMax: number;
}

/**
 * Splits a stream of text, cut anywhere, into the records that its line breaks (LF or CRLF) separate. Empty lines and
 * a byte order mark are left out. Holds one record at a time, of `recordCharsMax` + 1 characters at most.
 */
export async function* splitRecords({
  chunks,
  quotes,
  recordCharsMax,
}: RecordSplit): AsyncGenerator<TextRecord> {
  const splitter = new RecordSplitter(quotes === "csv", recordCharsMax);
  for await (const chunk of chunks) yield* splitter.push(chunk);
  yield* splitter.end();
}

class RecordSplitter {
  readonly #readsQuotes: boolean;
  readonly #charsMax: number;
  #text = "";
  #startLine = 1;
  #line = 1;
  #isQuoted = false;
  #isFirst = true;

  constructor(readsQuotes: boolean, charsMax: number) {
    this.#readsQuotes = readsQuotes;
    this.#charsMax = charsMax;
  }

  *push(chunk: string): Generator<TextRecord> {
    const text = this.#isFirst && chunk.startsWith("\uFEFF") ? chunk.slice(1) : chunk;
    if (chunk !== "") this.#isFirst = false;
    let start = 0;
    while (start < text.length) {
      const newline = text.indexOf("\n", start);
      const end = newline === -1 ? text.length : newline;
      this.#take(text.slice(start, end));
      start = end + 1;
      if (newline === -1) return;
      this.#line++;
      if (this.#isQuoted) this.#take("\n");
      else yield* this.end();
    }
  }

  *end(): Generator<TextRecord> {
    const text = this.#text.endsWith("\r") ? this.#text.slice(0, -1) : this.#text;
    if (text.trim() !== "") yield { line: this.#startLine, text };
    this.#text = "";
    this.#startLine = this.#line;
    this.#isQuoted = false;
  }

  #take(piece: string): void {
    if (this.#readsQuotes) {
      for (let at = piece.indexOf('"'); at !== -1; at = piece.indexOf('"', at + 1))
        this.#isQuoted = !this.#isQuoted;
    }
    const room = this.#charsMax + 1 - this.#text.length;
    if (room > 0) this.#text += piece.slice(0, room);
  }
}
