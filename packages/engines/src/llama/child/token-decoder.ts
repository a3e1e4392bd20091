const REPLACEMENT = "\uFFFD";
/** The longest UTF-8 character takes four bytes, so at most four byte tokens; past that it never was UTF-8. */
const HELD_TOKENS_MAX = 4;
/** How many earlier tokens the detokeniser sees to decide on spaces. */
const CONTEXT_TOKENS = 8;

export type Detokenize<T> = (tokens: readonly T[], before: readonly T[]) => string;

/** Turns tokens into text one by one, holding a character back until all of its tokens have come. */
export class TokenDecoder<T> {
  readonly #detokenize: Detokenize<T>;
  #before: T[];
  #held: T[] = [];

  /** `before` is the text that these tokens continue. */
  constructor(detokenize: Detokenize<T>, before: readonly T[] = []) {
    this.#detokenize = detokenize;
    this.#before = before.slice(-CONTEXT_TOKENS);
  }

  /** The text that is certain now; empty while a character is incomplete. */
  push(token: T): string {
    this.#held.push(token);
    const text = this.#detokenize(this.#held, this.#before);
    return text.endsWith(REPLACEMENT) && this.#held.length < HELD_TOKENS_MAX ? "" : this.#release(text);
  }

  /** What is still held, as it is: an incomplete character becomes U+FFFD. */
  flush(): string {
    return this.#held.length === 0 ? "" : this.#release(this.#detokenize(this.#held, this.#before));
  }

  #release(text: string): string {
    this.#before = [...this.#before, ...this.#held].slice(-CONTEXT_TOKENS);
    this.#held = [];
    return text;
  }
}
