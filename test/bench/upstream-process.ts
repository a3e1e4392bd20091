import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The mock of `upstream.c` in Node, for machines without a C compiler; it takes several times the CPU. */
const MESSAGE = "The answer is 42, as it has always been, and no other number would do.";
const usage = { prompt_tokens: 60, completion_tokens: 16, total_tokens: 76 };
const about = { id: "chatcmpl-1", created: 1_790_000_000, model: "mock" };
const choice = (delta: object, finish_reason: string | null) => ({
  ...about,
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, logprobs: null, finish_reason }],
});
const JSON_BODY = JSON.stringify({
  ...about,
  object: "chat.completion",
  choices: [
    { index: 0, message: { role: "assistant", content: MESSAGE }, logprobs: null, finish_reason: "stop" },
  ],
  usage,
});
const SSE_BODY = [
  choice({ role: "assistant", content: "" }, null),
  choice({ content: MESSAGE }, null),
  choice({}, "stop"),
  { ...about, object: "chat.completion.chunk", choices: [], usage },
]
  .map((event) => `data: ${JSON.stringify(event)}\n\n`)
  .concat("data: [DONE]\n\n")
  .join("");

let delayMs = Number(process.argv[3]) / 1000;
let completions = 0;
let firstMs = 0;
const server = createServer((request, response) => {
  if (request.method !== "POST") {
    const delay = /^\/delay\/(\d+)$/.exec(request.url ?? "")?.[1];
    if (delay !== undefined) delayMs = Number(delay) / 1000;
    if (request.url === "/reset") completions = 0;
    response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify({ count: completions, firstMs }));
    return;
  }
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (piece: string) => {
    text += piece;
  });
  request.on("end", () => {
    if (completions === 0) firstMs = Date.now();
    completions += 1;
    const streams = text.includes('"stream":true');
    const answer = () => {
      response.setHeader("content-type", streams ? "text/event-stream" : "application/json");
      response.end(streams ? SSE_BODY : JSON_BODY);
    };
    if (delayMs === 0) answer();
    else setTimeout(answer, delayMs);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), "127.0.0.1", () => {
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`);
});
