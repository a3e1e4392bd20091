import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { ClientError, createClient } from "../index.ts";

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

const prompt = { id: `prm_${"0".repeat(32)}`, slug: "triage", description: "", latestVersion: null };
export const PROMPT = { ...prompt, createdAt: "2026-01-01T00:00:00.000Z" };
const servers: Server[] = [];

/** A server of this protocol in a few lines: what it answers is scripted, what it was sent is kept. */
export async function serve(answer: (seen: Seen, response: ServerResponse, nth: number) => void) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { method = "", url = "", headers } = request;
    seen.push({ method, url, headers, body });
    answer({ method, url, headers, body }, response, seen.length);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, baseUrl, client: createClient({ baseUrl, key: "ask_x_y" }) };
}

export function send(response: ServerResponse, status: number, value?: unknown) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(value === undefined ? undefined : JSON.stringify(value));
}

export function problem(code: string, status: number, details?: object) {
  return {
    type: "about:blank",
    title: "Refused",
    status,
    code,
    detail: "Because.",
    details,
    requestId: "r1",
  };
}

export async function errorOf(promise: Promise<unknown>): Promise<ClientError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ClientError)) throw new Error(`not a ClientError: ${error}`);
  return error;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

/** Nothing listens any more where the test asks. */
export function closeServers(): void {
  for (const server of servers.splice(0)) server.close();
}
