import fc from "fast-check";
import { expect, it } from "vitest";
import { createOutput } from "./output.ts";
import { printable, printableLine } from "./printable.ts";
import { openMemoryIo } from "./testing/memory-io.ts";

it("shows what a terminal would obey instead of sending it", () => {
  expect(printable("a\u001b[2Jb\u0007c\u009bd\re\u202ef")).toBe(
    "a\\u001b[2Jb\\u0007c\\u009bd\\u000de\\u202ef",
  );
  expect(printable("a\u00adb\u200bc\u{e0041}")).toBe("a\\u00adb\\u200bc\\u{e0041}");
  expect(printable("two\nlines\tand ümläut 🙂")).toBe("two\nlines\tand ümläut 🙂");
});

it("keeps one line to its length without cutting a character in two", () => {
  expect(printableLine("a\n\n  b", 10)).toBe("a b");
  expect(printableLine("🙂🙂🙂🙂", 3)).toBe("🙂🙂…");
});

it("lets no control character but its own colours through any way out of the program", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours
  const ownColours = /\u001b\[(?:1|2|22|31|32|33|36|39)m/g;
  const hostile = fc.string({
    unit: fc.constantFrom(
      "\u001b",
      "[",
      "2J",
      "8m",
      "\u0007",
      "\u009b",
      "\r",
      "\u202e",
      "]0;title",
      "31m",
      "39m",
      "x",
      "\u001b]8;;http://x\u0007",
    ),
  });
  fc.assert(
    fc.property(hostile, (text) => {
      const io = openMemoryIo({ isTty: true });
      const out = createOutput(io, false);
      out.line(out.colors.red(text));
      out.note(text);
      out.table([text], [[text, { text, style: out.colors.green }]]);
      const written = io.written.stdout + io.written.stderr;
      expect(written.replaceAll(ownColours, "")).not.toMatch(obeyed);
      // One text in red, one title in bold, one cell in green, each opened and closed, and nothing that the text painted itself.
      expect(written.match(ownColours)).toHaveLength(6);
    }),
  );
});
