const encoder = new TextEncoder();

/** Is `text` longer than `max` bytes of UTF-8? Most texts are so short that nothing need be counted. */
export function isLongerThan(text: string, max: number): boolean {
  return bytesAtMost(text) > max && byteLength(text) > max;
}

/** A UTF-16 code unit is three bytes of UTF-8 at most; two that are one character are four. */
const UTF8_BYTES_MAX = 3;

/** What `text` takes in UTF-8 at most, without looking at it. */
export function bytesAtMost(text: string): number {
  return text.length * UTF8_BYTES_MAX;
}

/** Length of `text` in bytes of UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
