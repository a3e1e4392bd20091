import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readEnvironment } from "./config.ts";
import { openHuggingFaceFile } from "./hugging-face-file.ts";

const SHA256 = "a".repeat(64);
let server: Server;
let environment: ReturnType<typeof readEnvironment>;
const asked: string[] = [];

/** Speaks as the hub does: the hash stands on the redirect, the bytes lie behind it. */
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? "-"}`);
    if (request.url === "/storage") response.end("GGUF");
    else if (request.url?.includes("/none/")) response.writeHead(404).end();
    else response.writeHead(302, { location: "/storage", "x-linked-etag": `"${SHA256}"` }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  environment = readEnvironment({
    HF_ENDPOINT: `http://127.0.0.1:${port}/`,
    HF_TOKEN: "hf_x",
  } as NodeJS.ProcessEnv);
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it("knows the name, the hash and the bytes of a file in a repository", async () => {
  const file = await openHuggingFaceFile("hf:Qwen/Tiny.GGUF@v1/q8/Tiny-q8_0.gguf", environment);
  expect(file).toMatchObject({ slug: "tiny-q8_0", sha256: SHA256 });
  expect(await new Response((await file.open()) as ReadableStream).text()).toBe("GGUF");
  expect(asked[0]).toBe("HEAD /Qwen/Tiny.GGUF/resolve/v1/q8/Tiny-q8_0.gguf Bearer hf_x");
});

it("says what the hub said when there is no such file", async () => {
  await expect(openHuggingFaceFile("hf:none/none/a.gguf", environment)).rejects.toThrow(/404/);
});

it("refuses an address that climbs out of the repository", async () => {
  await expect(openHuggingFaceFile("hf:a/b/../../c.gguf", environment)).rejects.toThrow(/hf:/);
});
