import { expect, test } from "vitest";
import { readJson } from "./read-body.ts";

const post = (body: NonNullable<RequestInit["body"]>) => new Request("http://x/", { method: "POST", body });

test("a JSON body within its bounds is read", async () => {
  expect(await readJson(post('{"a":[1,"}]"]}'), 100)).toEqual({
    text: '{"a":[1,"}]"]}',
    value: { a: [1, "}]"] },
  });
});

test("a body one byte over its bound is refused, whether or not it says its length", async () => {
  const text = `"${"x".repeat(99)}"`;
  await expect(readJson(post(text), 100)).rejects.toMatchObject({ code: "payload_too_large" });
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
  const chunked = new Request("http://x/", { method: "POST", body: stream, duplex: "half" } as RequestInit);
  await expect(readJson(chunked, 100)).rejects.toMatchObject({ code: "payload_too_large" });
});

test.each([
  ["not JSON", "{"],
  ["nothing", ""],
  ["too deep", "[".repeat(100_000)],
  ["too deep and closed", `${'{"a":'.repeat(65)}1${"}".repeat(65)}`],
])("%s is malformed", async (_name, text) => {
  await expect(readJson(post(text), 1_000_000)).rejects.toMatchObject({ code: "malformed_request" });
});

test("bytes that are not UTF-8 are refused and not replaced", async () => {
  await expect(readJson(post(new Uint8Array([0x22, 0xff, 0x22])), 100)).rejects.toMatchObject({
    code: "malformed_request",
  });
});
