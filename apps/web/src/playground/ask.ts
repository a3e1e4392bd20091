import { fetchAs } from "../api/tenant-client.ts";
import { type Answer, answerAfter, endedBy, WAITING } from "./answer.ts";
import { streamChat } from "./stream-chat.ts";

interface Asking {
  tenant: string;
  request: { url: string; body: object };
  signal: AbortSignal;
  /** Told of the answer as it grows. */
  onGrow?: (answer: Answer) => void;
}

/** Asks and answers with what came of it, however it ended; it never throws. */
export async function ask({ tenant, request, signal, onGrow }: Asking): Promise<Answer> {
  const startedAt = performance.now();
  let answer = WAITING;
  try {
    for await (const event of streamChat(fetchAs(tenant), { ...request, signal })) {
      answer = answerAfter(answer, event, performance.now() - startedAt);
      onGrow?.(answer);
    }
    return answer;
  } catch (error) {
    return endedBy(answer, error, { isStopped: signal.aborted });
  }
}
