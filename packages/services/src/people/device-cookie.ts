import { timingSafeEqual } from "node:crypto";
import { LIMITS } from "@assay/core";
import type { Platform } from "../context.ts";

const PREFIX = "assay_device_";
const PATH = "/api/login";
const PURPOSE = "devices";
const SECOND_MS = 1000;
const NAME_LENGTH = 16;
const VALUE = /^([0-9a-z]{1,12})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

type Signer = Pick<Platform, "secrets" | "now">;

interface Login {
  email: string;
  network: string;
}

/** Of its own for each account, so that people who share a browser do not take it from each other. */
function cookieName({ secrets }: Signer, email: string): string {
  return (
    PREFIX +
    secrets
      .sign(JSON.stringify(["name", email]), PURPOSE)
      .toString("hex")
      .slice(0, NAME_LENGTH)
  );
}

function signatureOf({ secrets }: Signer, fields: readonly string[]): string {
  return secrets.sign(JSON.stringify(["device", ...fields]), PURPOSE).toString("base64url");
}

/**
 * What tells a device that has logged in from one that has not. It opens nothing: it gives the device a count of failed
 * log-ins of its own. Devices that first came from one network share that count, or else whoever once knew a password
 * could collect cookies, and guesses with them.
 */
export function deviceCookie(platform: Platform, { email, network }: Login): string {
  const device = platform.secrets
    .sign(JSON.stringify(["network", email, network]), PURPOSE)
    .subarray(0, 16)
    .toString("base64url");
  const issued = platform.now().getTime().toString(36);
  const value = `${issued}.${device}.${signatureOf(platform, [email, device, issued])}`;
  const secure = platform.publicUrl()?.startsWith("https://") === true ? "; Secure" : "";
  const maxAge = LIMITS.deviceMs / SECOND_MS;
  return `${cookieName(platform, email)}=${value}; Max-Age=${maxAge}; Path=${PATH}; HttpOnly; SameSite=Lax${secure}`;
}

/** The device in a `Cookie` header that has logged in with this e-mail; null for none that we signed and that is good still. */
export function readDevice(
  platform: Signer,
  { cookie, email }: { cookie: string | null; email: string },
): string | null {
  const start = `${cookieName(platform, email)}=`;
  const pair = cookie?.split(";").find((one) => one.trim().startsWith(start));
  const [, issued = "", device = "", signature = ""] =
    VALUE.exec(pair?.trim().slice(start.length) ?? "") ?? [];
  if (signature === "") return null;
  const expected = signatureOf(platform, [email, device, issued]);
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return null;
  const ageMs = platform.now().getTime() - Number.parseInt(issued, 36);
  return ageMs < LIMITS.deviceMs ? device : null;
}
