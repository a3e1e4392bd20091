import { setImmediate as nextTurn } from "node:timers/promises";

/** Characters read before others are served. */
const CHARACTERS_PER_TURN = 64 * 1024;

/** The same text in pieces, others being served after each. */
export async function* inTurns(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      const end = endOfPiece(chunk, start + CHARACTERS_PER_TURN);
      yield chunk.slice(start, end);
      start = end;
      await nextTurn();
    }
  }
}

/** Never between the halves of a surrogate pair, which alone would count as more bytes. */
function endOfPiece(text: string, end: number): number {
  return /[\uD800-\uDBFF]/.test(text[end - 1] ?? "") ? end + 1 : end;
}
