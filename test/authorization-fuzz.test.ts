import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApp, type TestApp, type TestTenant } from "./kit/open-test-app.ts";
import { seededRandom } from "./kit/random.ts";

let app: TestApp;
let acme: TestTenant;
beforeAll(async () => {
  app = await openTestApp({ dialect: "sqlite" });
  acme = await app.createTenant("acme");
});
afterAll(() => app[Symbol.asyncDispose]());

const FRAGMENTS = [
  "'",
  '"',
  ";--",
  " or 1=1",
  "\\",
  "%00",
  "\t",
  "\u00e9",
  "\u00ff",
  "{{",
  "ask_",
  "aop_",
  "_",
  "Bearer",
  "Basic",
  "0",
  "f",
  ",",
  "/*",
];

test("100,000 wrong authorization values are all 401", { timeout: 300_000 }, async () => {
  const random = seededRandom(9);
  const [prefix = "", publicId = "", ...secret] = acme.key.split("_");
  const nearMiss = (): string => {
    const token = `${prefix}_${publicId}_${secret.join("_")}`;
    const at = random.below(token.length);
    const other = random.pick(
      [..."abcdefghijklmnopqrstuvwxyz0123456789_-"].filter((char) => char !== token[at]),
    );
    return `Bearer ${token.slice(0, at)}${other}${token.slice(at + 1)}`;
  };
  const noise = (): string =>
    `${random.pick(["Bearer ", "bearer ", "Basic ", "", "Bearer\t"])}${Array.from({ length: 1 + random.below(12) }, () => random.pick(FRAGMENTS)).join("")}`;

  for (let i = 0; i < 100_000; i += 1) {
    const authorization = i % 4 === 0 ? nearMiss() : noise();
    const response = await app.fetch("/api/me", { headers: { authorization } });
    if (response.status !== 401) expect.fail(`${JSON.stringify(authorization)} answered ${response.status}`);
  }
  expect((await app.fetch("/api/me", { headers: { authorization: `Bearer ${acme.key}` } })).status).toBe(200);
  expect(app.logLines.some((line) => line.includes('"bug"'))).toBe(false);
});

test("a header of a megabyte, a broken one and two at once are 401", async () => {
  for (const authorization of [`Bearer ${"a".repeat(1_048_576)}`, "Bearer \u00ff\u00fe"]) {
    expect((await app.fetch("/api/me", { headers: { authorization } })).status).toBe(401);
  }
  const headers = new Headers();
  headers.append("authorization", `Bearer ${acme.key}`);
  headers.append("authorization", `Bearer ${acme.key}`);
  expect((await app.fetch("/api/me", { headers })).status).toBe(401);
});
