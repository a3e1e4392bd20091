import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@assay/client";
import { startProvider } from "./start-provider.ts";
import { startServer } from "./start-server.ts";

export interface Shop {
  /** The folder with `prompts/shop` and `evals/shop`. */
  root: string;
  url: string;
  key: string;
  client: Client;
  close(): Promise<void>;
}

/** A prompt file for the provider that repeats, in capitals where `system` says SHOUT. */
export function promptFile(system: string): string {
  return `model: echo\nmessages:\n  - { role: system, content: ${system} }\n  - placeholder: history\n`;
}

/** A real server with the tenant `shop`, whose model is the stand-in provider, and an empty tree of files for it. */
export async function openShop(): Promise<Shop> {
  const root = await mkdtemp(join(tmpdir(), "assay-shop-"));
  const provider = await startProvider();
  const server = await startServer(provider.url);
  const operator = createClient({ baseUrl: server.url, key: server.operatorKey });
  const key = (await operator.createTenant({ slug: "shop", name: "Shop" })).adminKey.secret;
  const client = createClient({ baseUrl: server.url, key });
  await client.createConnection({ slug: "up", kind: "openai-compatible", baseUrl: provider.url });
  await client.createHostedModel({ slug: "echo", connection: "up", providerModel: "echo" });
  for (const folder of ["prompts/shop", "evals/shop"]) await mkdir(join(root, folder), { recursive: true });
  return {
    root,
    url: server.url,
    key,
    client,
    close: async () => {
      await server.close();
      await provider.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Cases that shouting passes, as JSONL. */
export async function writeWords(path: string, count: number): Promise<void> {
  const cases = Array.from({ length: count }, (_, n) => ({
    key: `case-${n}`,
    messages: [{ role: "user", content: `word ${n}` }],
    expected: `WORD ${n}`,
    tags: n % 2 === 0 ? ["even"] : [],
  }));
  await writeFile(path, cases.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
