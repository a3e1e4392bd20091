import { connect, type Socket } from "node:net";

/** One chat request of the benchmark, as an SDK would send it. */
export function chatBody(question: string): string {
  const system = "You answer questions about numbers in one short sentence, and you say how sure you are.";
  const messages = [
    { role: "system", content: system },
    { role: "user", content: question },
  ];
  return JSON.stringify({ model: "mock", messages, temperature: 0, max_tokens: 64, seed: 0 });
}

/**
 * The least a runner can do: so many sockets, the same requests, the answers read and checked, nothing stored. What
 * the machine could do at all with this upstream. Answers the milliseconds it took.
 */
export async function runBare(
  origin: string,
  { cases, concurrency }: { cases: number; concurrency: number },
): Promise<number> {
  const { hostname, port } = new URL(origin);
  const questions = Array.from({ length: cases }, (_, n) => `What is the answer to question ${n}?`);
  const startMs = performance.now();
  const workers = Array.from({ length: Math.min(concurrency, cases) }, async () => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const answers = answersOf(socket);
    for (let question = questions.pop(); question !== undefined; question = questions.pop()) {
      const body = chatBody(question);
      const length = Buffer.byteLength(body);
      socket.write(
        `POST /v1/chat/completions HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
      );
      const { value } = await answers.next();
      if (!value.choices[0].message.content.includes("42"))
        throw new Error("the mock answered something else");
    }
    socket.destroy();
  });
  await Promise.all(workers);
  return performance.now() - startMs;
}

async function* answersOf(socket: Socket) {
  let text = "";
  for await (const chunk of socket) {
    text += String(chunk);
    const head = text.indexOf("\r\n\r\n");
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (head === -1 || text.length < head + 4 + length) continue;
    const answer = JSON.parse(text.slice(head + 4));
    text = "";
    yield answer;
  }
}
