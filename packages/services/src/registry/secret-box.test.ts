import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openSecretBox } from "./secret-box.ts";

const SECRET = "sk-a-secret";
const unusable = expect.objectContaining({ code: "connection_unusable" });
const box = openSecretBox(randomBytes(32));

test("what was sealed opens with the same associated data", () => {
  expect(box.open(box.seal(SECRET, ["tnt_1", "con_1"]), ["tnt_1", "con_1"])).toBe(SECRET);
  expect(box.open(box.seal("ключ 🔑", []), [])).toBe("ключ 🔑");
});

test.each([
  ["another tenant", ["tnt_2", "con_1"]],
  ["another connection", ["tnt_1", "con_2"]],
  ["the same letters cut elsewhere", ["tnt_1c", "on_1"]],
  ["less", ["tnt_1"]],
  ["more", ["tnt_1", "con_1", ""]],
])("a blob that was moved to %s does not open", (_name, associated) => {
  const sealed = box.seal(SECRET, ["tnt_1", "con_1"]);
  expect(() => box.open(sealed, associated)).toThrow(unusable);
});

test("a blob with any bit changed, or cut short, does not open", () => {
  const sealed = box.seal(SECRET, ["tnt_1", "con_1"]);
  for (let index = 0; index < sealed.length; index++) {
    const changed = Uint8Array.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => box.open(changed, ["tnt_1", "con_1"])).toThrow(unusable);
    expect(() => box.open(sealed.subarray(0, index), ["tnt_1", "con_1"])).toThrow(unusable);
  }
});

test("another key does not open it", () => {
  const sealed = box.seal(SECRET, []);
  expect(() => openSecretBox(randomBytes(32)).open(sealed, [])).toThrow(unusable);
});

test("sealing the same secret twice shares no IV and no text", () => {
  const blobs = Array.from({ length: 500 }, () => Buffer.from(box.seal(SECRET, [])));
  expect(new Set(blobs.map((blob) => blob.subarray(1, 13).toString("hex"))).size).toBe(blobs.length);
  expect(blobs.some((blob) => blob.includes(SECRET))).toBe(false);
});

test("the refusal tells nothing of the blob", () => {
  const sealed = box.seal(SECRET, ["tnt_1"]);
  expect(() => box.open(sealed, [])).toThrow(
    /^The connection's stored secret cannot be opened\. Set the secret again\.$/,
  );
});
