/**
 * The data of server-sent events (WHATWG HTML, 9.2.6), in order; their names and ids are not looked at. What a stream
 * ends with in the middle of an event is no event.
 */
export async function* eventData(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const lines = new LineReader();
  let data: string[] = [];
  for await (const piece of pieces) {
    for (const line of lines.read(piece)) {
      const value = dataOf(line);
      if (value !== undefined) data.push(value);
      else if (line === "" && data.length > 0) {
        yield data.join("\n");
        data = [];
      }
    }
  }
}

/** What a line adds to its event's data; undefined for a comment, another field, and the event's end. */
function dataOf(line: string): string | undefined {
  if (line === "data") return "";
  if (!line.startsWith("data:")) return undefined;
  return line.slice(line[5] === " " ? 6 : 5);
}

/** Splits text at CR LF, LF or CR, wherever the pieces it comes in are cut. */
class LineReader {
  readonly #decoder = new TextDecoder();
  #rest = "";
  /** The text before this holds no line's end. */
  #searched = 0;
  #endedWithReturn = false;

  *read(piece: Uint8Array): Generator<string> {
    const text = this.#decoder.decode(piece, { stream: true });
    if (text === "") return;
    // A line feed right after a carriage return belongs to it, also when it comes in the next piece.
    this.#rest += this.#endedWithReturn && text.startsWith("\n") ? text.slice(1) : text;
    this.#endedWithReturn = text.endsWith("\r");
    let start = 0;
    for (;;) {
      const end = lineEnd(this.#rest, Math.max(start, this.#searched));
      if (end === -1) break;
      yield this.#rest.slice(start, end);
      start = end + (this.#rest.startsWith("\r\n", end) ? 2 : 1);
    }
    this.#rest = this.#rest.slice(start);
    this.#searched = this.#rest.length;
  }
}

function lineEnd(text: string, from: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = from;
  return end.exec(text)?.index ?? -1;
}
