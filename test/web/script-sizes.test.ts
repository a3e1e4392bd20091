import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALL_PAGES } from "./kit/all-pages.ts";
import { openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

/** Bytes of script over the wire, gzipped, for a page that is opened with an empty cache. */
const FIRST_VIEW_BYTES_MAX = 150_000;
/** The first view with the frame of those who are logged in, and what is in production. */
const HOME_BYTES_MAX = 172_000;
const FURTHER_PAGE_BYTES_MAX = 250_000;

describe("script that is loaded", () => {
  let web: Web;
  beforeAll(async () => {
    web = await openWeb();
  });
  afterAll(() => web?.[Symbol.asyncDispose]());

  test.each(ALL_PAGES)("for $name stays within its bound", async ({ name, path, isPublic }) => {
    const page = await web.openPage({ isLoggedIn: isPublic === undefined });
    const bytes = await scriptBytesOf(page, path);
    await page.context().close();
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(boundOf(name));
  });
});

function boundOf(name: string): number {
  if (name === "login" || name === "refused login") return FIRST_VIEW_BYTES_MAX;
  return name === "home" ? HOME_BYTES_MAX : FURTHER_PAGE_BYTES_MAX;
}

async function scriptBytesOf(page: Page, path: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(path);
  await settle(page);
  await page.waitForLoadState("networkidle");
  return bytes;
}
