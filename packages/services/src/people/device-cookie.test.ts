import { randomBytes } from "node:crypto";
import { LIMITS } from "@assay/core";
import { expect, test } from "vitest";
import type { Platform } from "../context.ts";
import { openSecretBox } from "../registry/secret-box.ts";
import { deviceCookie, readDevice } from "./device-cookie.ts";

const ANNA = { email: "anna@people.test", network: "203.0.113.5" };

function openScene(publicUrl = "https://assay.test") {
  let nowMs = Date.parse("2026-11-23T00:00:00Z");
  const secrets = openSecretBox(randomBytes(32));
  const platform = { secrets, publicUrl: () => publicUrl, now: () => new Date(nowMs) } as Platform;
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { platform, pass };
}

const sentBack = (line: string) => line.split(";", 1)[0] ?? "";

test("a device that logged in is known for that e-mail, and for no other", () => {
  const { platform } = openScene();
  const line = deviceCookie(platform, ANNA);
  expect(line.replace(/^(assay_device_)[0-9a-f]{16}=[^;]+/, "$1")).toBe(
    "assay_device_; Max-Age=15552000; Path=/api/login; HttpOnly; SameSite=Lax; Secure",
  );
  const cookie = `other=1; ${sentBack(line)}; assay_session=x`;
  expect(readDevice(platform, { cookie, email: ANNA.email })).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(readDevice(platform, { cookie, email: "ben@people.test" })).toBeNull();
  expect(readDevice(platform, { cookie: null, email: ANNA.email })).toBeNull();
});

test("under another account's name, another server's, cut, changed or too old it is nothing", () => {
  const { platform, pass } = openScene();
  const [name = "", value = ""] = sentBack(deviceCookie(platform, ANNA)).split("=");
  const [bensName = ""] = deviceCookie(platform, { ...ANNA, email: "ben@people.test" }).split("=");
  const read = (cookie: string, email = ANNA.email) => readDevice(platform, { cookie, email });
  const [issued = "", device = "", signature = ""] = value.split(".");
  const later = (Number.parseInt(issued, 36) + 1).toString(36);
  expect(read(`${bensName}=${value}`, "ben@people.test")).toBeNull();
  expect(readDevice(openScene().platform, { cookie: `${name}=${value}`, email: ANNA.email })).toBeNull();
  const wrong = [
    `${name}=`,
    `${name}=${value.slice(0, -1)}`,
    `${name}=${later}.${device}.${signature}`,
    `${name}=${issued}.${"A".repeat(22)}.${signature}`,
    `${name}=${value}${"x".repeat(10_000)}`,
  ];
  for (const cookie of wrong) expect(read(cookie), cookie.slice(0, 60)).toBeNull();
  pass(LIMITS.deviceMs - 1);
  expect(read(`${name}=${value}`)).toBe(device);
  pass(1);
  expect(read(`${name}=${value}`)).toBeNull();
});

test("cookies of one network are one device, so that nobody collects them", () => {
  const { platform, pass } = openScene();
  const deviceOf = (network: string) => {
    pass(1_000);
    const cookie = sentBack(deviceCookie(platform, { ...ANNA, network }));
    return readDevice(platform, { cookie, email: ANNA.email });
  };
  expect(deviceOf(ANNA.network)).toBe(deviceOf(ANNA.network));
  expect(deviceOf(ANNA.network)).not.toBe(deviceOf("198.51.100.1"));
});
