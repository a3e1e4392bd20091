import type { Page } from "playwright-core";

/** Bytes of script over the wire, compressed, since it was last set to nothing. */
export interface ScriptCount {
  bytes: number;
}

/** From here on a page loads everything anew, as somebody does who opens it for the first time, and it is counted. */
export async function countScript(page: Page): Promise<ScriptCount> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Set<string>();
  const count: ScriptCount = { bytes: 0 };
  session.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) count.bytes += encodedDataLength;
  });
  return count;
}
