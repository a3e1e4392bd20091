import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

const Request = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.object({ type: z.string() }).optional(),
});

/**
 * A hosted provider of OpenAI's protocol on a free port. It repeats the newest message, in capitals when the system
 * message says SHOUT: enough to tell a good prompt from a bad one. Asked for JSON it judges: capitals pass.
 */
export async function startProvider(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { messages, response_format: format } = Request.parse(JSON.parse(await text(request)));
    const newest = messages.at(-1)?.content ?? "";
    const isShouting = messages.some(({ role, content }) => role === "system" && content.includes("SHOUT"));
    const verdict = JSON.stringify({ reason: "by its capitals", pass: /WORD \d/.test(newest) });
    const words = isShouting ? newest.toUpperCase() : newest;
    const content = format?.type === "json_schema" ? verdict : words;
    const chunk = (choice: object) => ({
      id: "c",
      object: "chat.completion.chunk",
      created: 1,
      model: "echo",
      ...choice,
    });
    const events = [
      chunk({ choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }] }),
      chunk({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }),
      chunk({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 } }),
    ];
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("")}data: [DONE]\n\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
