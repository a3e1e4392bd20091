import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A provider of models that speaks OpenAI's protocol and answers what a test tells it to. */
export interface Provider extends AsyncDisposable {
  /** For a connection. */
  baseUrl: string;
  /** As the operator allows it. */
  host: string;
  /** Answers that ended because nobody listened any more. */
  left: number;
}

const BETWEEN_WORDS_MS = 25;
const WORDS_MAX = 4_000;

/** What comes before the last question decides nothing: `slow` goes on until nobody listens, all else is answered by `answer`. */
export async function startProvider(answer: (question: string) => string): Promise<Provider> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { messages = [] } = JSON.parse(body) as { messages?: { content: unknown }[] };
    const question = String(messages.at(-1)?.content);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.once("close", () => {
      if (!response.writableFinished) provider.left += 1;
    });
    if (question === "slow") await speakSlowly(response);
    else send(response, answer(question));
    response.write(frame({}, "stop"));
    response.end("data: [DONE]\n\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: Provider = {
    host,
    baseUrl: `${host}/v1`,
    left: 0,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return provider;
}

async function speakSlowly(response: ServerResponse): Promise<void> {
  for (let n = 1; n <= WORDS_MAX && !response.destroyed; n += 1) {
    send(response, `word${n} `);
    await wait(BETWEEN_WORDS_MS);
  }
}

function send(response: ServerResponse, content: string): void {
  response.write(frame({ content }, null));
}

function frame(delta: object, reason: string | null): string {
  const choices = [{ index: 0, delta, finish_reason: reason }];
  return `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", model: "m", choices })}\n\n`;
}
