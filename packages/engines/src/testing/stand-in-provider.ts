import { readFile } from "node:fs/promises";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** What the stand-in answers to one request. Everything is optional: an empty answer is 200 with no body. */
export interface StandInAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** A file of `openai/fixtures`; its ending says the content type. */
  fixture?: string;
  /** Written piece by piece, each in a packet of its own. Comes after the fixture, if both are given. */
  body?: string | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** Awaited before the status is sent. */
  delayMs?: number;
  /** How it ends: properly, by destroying the socket, or never (until the client leaves). */
  ending?: "complete" | "cut" | "hang";
  /** Destroys the socket without any answer. */
  refuse?: boolean;
}

export interface StandInRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** The parsed JSON body, or undefined where there was none. */
  body: unknown;
  /** The client's port: two requests with the same one shared a connection. */
  clientPort: number | undefined;
  /** Settles when the exchange is over: true when the client left before the answer was complete. */
  clientLeft: Promise<boolean>;
}

export interface StandInProvider {
  /** `http://127.0.0.1:<port>`: also the pattern that allows it. */
  origin: string;
  /** `origin` with `/v1`, as a connection's base URL. */
  baseUrl: string;
  /** Every request so far, oldest first. */
  requests: readonly StandInRequest[];
  close(): Promise<void>;
}

export type StandInScript = (
  request: StandInRequest,
  index: number,
) => StandInAnswer | Promise<StandInAnswer>;

/**
 * A local HTTP server that stands in for a hosted provider: real sockets, real bytes, answers by script. It is no
 * provider and no model; it proves what our side does with what providers send.
 */
export async function startStandInProvider(options: { script: StandInScript }): Promise<StandInProvider> {
  const requests: StandInRequest[] = [];
  const server = createServer((incoming, response) => {
    // A client that leaves in the middle is a case under test, not an error of the server.
    serve(incoming, response).catch(() => response.destroy());
  });

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, response);
    const index = requests.push(request) - 1;
    await answer(response, await options.script(request, index));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    requests,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readRequest(incoming: IncomingMessage, response: ServerResponse): Promise<StandInRequest> {
  const clientLeft = new Promise<boolean>((resolve) => {
    response.once("close", () => resolve(!response.writableFinished));
  });
  const clientPort = incoming.socket.remotePort;
  let text = "";
  incoming.setEncoding("utf8");
  for await (const piece of incoming) text += piece;
  return {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: incoming.headers,
    body: text === "" ? undefined : JSON.parse(text),
    clientPort,
    clientLeft,
  };
}

async function answer(response: ServerResponse, given: StandInAnswer): Promise<void> {
  if (given.delayMs !== undefined) await wait(given.delayMs);
  if (given.refuse) {
    response.socket?.resetAndDestroy();
    return;
  }
  const type = CONTENT_TYPES[given.fixture?.split(".").at(-1) ?? "sse"] ?? "text/plain";
  response.writeHead(given.status ?? 200, { "content-type": type, ...given.headers });
  response.flushHeaders();
  if (given.fixture !== undefined) await write(response, await readFixture(given.fixture));
  for await (const piece of pieces(given.body)) {
    if (response.destroyed) return;
    await write(response, piece);
  }
  if (given.ending === "cut") response.socket?.destroy();
  else if (given.ending !== "hang") response.end();
}

const CONTENT_TYPES: Record<string, string> = {
  sse: "text/event-stream; charset=utf-8",
  json: "application/json",
  html: "text/html",
};

/** The bytes of a recorded answer. */
export async function readFixture(name: string): Promise<Buffer> {
  return readFile(new URL(`../openai/fixtures/${name}`, import.meta.url));
}

function pieces(
  body: StandInAnswer["body"],
): Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array> {
  return typeof body === "string" ? [body] : (body ?? []);
}

/** Waits for the drain as well as for the tick that lets the socket send this piece alone. */
async function write(response: ServerResponse, piece: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    response.write(piece, () => {
      response.off("close", resolve);
      setImmediate(resolve);
    });
  });
}
