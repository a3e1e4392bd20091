import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGB = 2;
const PALETTE = 3;
const COLOURS_MAX = 128;
/** A pixel of another colour that is so near looks the same. */
const BITS_KEPT = 4;

interface Pixels {
  width: number;
  height: number;
  /** Three bytes each. */
  rgb: Uint8Array;
}

/** The same picture of a page with a palette of its most frequent colours: a third of the size. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, rgb } = decode(png);
  const palette = frequentColours(rgb);
  const nearest = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = colourAt(rgb, (y * width + x) * 3);
      let index = nearest.get(colour);
      if (index === undefined) {
        index = nearestOf(palette, colour);
        nearest.set(colour, index);
      }
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, PALETTE, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap(bytesOf))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(named.length + 8);
  frame.writeUInt32BE(data.length, 0);
  named.copy(frame, 4);
  frame.writeUInt32BE(crc32(named), named.length + 4);
  return frame;
}

/** What Chromium writes: eight bits, no interlacing, with or without transparency, which a page has none of. */
function decode(png: Buffer): Pixels {
  const [width, height, type] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25]];
  const channels = type === RGB ? 3 : 4;
  const parts: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString("latin1", at + 4, at + 8) !== "IDAT") continue;
    parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const data = inflateSync(Buffer.concat(parts));
  const rgb = new Uint8Array(width * height * 3);
  const lines = unfilter(data, { height, lineBytes: width * channels, channels });
  for (let n = 0; n < width * height; n += 1) {
    // Each line begins after the margin.
    const at = (Math.floor(n / width) + 1) * (width + 1) * channels + ((n % width) + 1) * channels;
    rgb.set(lines.subarray(at, at + 3), n * 3);
  }
  return { width, height, rgb };
}

/**
 * PNG's five ways to write a byte as its difference from those left of it and above it; with a margin of one pixel at the
 * left and at the top, which counts as black.
 */
function unfilter(
  data: Buffer,
  { height, lineBytes, channels }: { height: number; lineBytes: number; channels: number },
): Uint8Array {
  const stride = lineBytes + channels;
  const lines = new Uint8Array(stride * (height + 1));
  const byteAt = (at: number) => lines[at] ?? 0;
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (lineBytes + 1)] ?? 0;
    for (let x = 0; x < lineBytes; x += 1) {
      const at = (y + 1) * stride + channels + x;
      const [left, up, upLeft] = [byteAt(at - channels), byteAt(at - stride), byteAt(at - stride - channels)];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter] ?? 0;
      lines[at] = (data[y * (lineBytes + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return lines;
}

function paeth(left: number, up: number, upLeft: number): number {
  const [a, b, c] = [left, up, upLeft].map((each) => Math.abs(left + up - upLeft - each));
  if (a === undefined || b === undefined || c === undefined) return 0;
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}

const colourAt = (rgb: Uint8Array, at: number) =>
  ((rgb[at] ?? 0) << 16) | ((rgb[at + 1] ?? 0) << 8) | (rgb[at + 2] ?? 0);
const bytesOf = (colour: number) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];

/** The most frequent colours, one of each neighbourhood, so that shades of text do not crowd out a badge's green. */
function frequentColours(rgb: Uint8Array): number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = colourAt(rgb, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const neighbourhoods = new Set<string>();
  const chosen: number[] = [];
  for (const [colour] of [...counts].sort(([, a], [, b]) => b - a)) {
    const key = bytesOf(colour)
      .map((byte) => byte >> (8 - BITS_KEPT))
      .join();
    // Plain areas keep their very colour.
    if (neighbourhoods.has(key) && chosen.length >= COLOURS_MAX / 4) continue;
    neighbourhoods.add(key);
    if (chosen.push(colour) === COLOURS_MAX) break;
  }
  return chosen;
}

function nearestOf(palette: readonly number[], colour: number): number {
  const wanted = bytesOf(colour);
  const distance = (other: number) =>
    bytesOf(other).reduce((sum, byte, n) => sum + (byte - (wanted[n] ?? 0)) ** 2, 0);
  let best = 0;
  for (let n = 1; n < palette.length; n += 1) {
    if (distance(palette[n] ?? 0) < distance(palette[best] ?? 0)) best = n;
  }
  return best;
}
