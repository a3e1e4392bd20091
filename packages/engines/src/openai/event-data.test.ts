import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { withHostedCall } from "../testing/hosted-call.ts";
import { readFixture } from "../testing/stand-in-provider.ts";
import { UpstreamAnswer } from "./upstream-answer.ts";
import type { SendUpstream } from "./upstream-pools.ts";

test("an answer reads the same, split at every byte", async () => {
  const bytes = await readFixture("compact-crlf.sse");
  let pieces: Uint8Array[] = [bytes];
  // Not through a socket, which would join the pieces again as it likes.
  const inPieces: SendUpstream = () => {
    const answer = new UpstreamAnswer(() => undefined);
    void deliver(answer, pieces);
    return answer;
  };
  await withHostedCall({ answers: {}, send: inPieces }, async ({ events }) => {
    const whole = await events();
    expect(whole).toMatchObject([
      { text: "Grüße 東京 👍🏽" },
      { call: { function: { name: "find", arguments: '{"q":"ß"}' } } },
      { type: "finish", usage: { promptTokens: 3, completionTokens: 9 } },
    ]);
    for (let at = 1; at < bytes.length; at += 1) {
      pieces = [bytes.subarray(0, at), bytes.subarray(at)];
      expect(await events()).toEqual(whole);
    }
    pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await events()).toEqual(whole);
  });
});

async function deliver(answer: UpstreamAnswer, pieces: readonly Uint8Array[]): Promise<void> {
  const controller = { abort() {}, pause() {}, resume() {}, aborted: false, paused: false, reason: null };
  await nextTurn();
  answer.onResponseStart(controller, 200, { "content-type": "text/event-stream" });
  for (const piece of pieces) {
    // Each is read before the next one comes.
    await nextTurn();
    answer.onResponseData(controller, Buffer.from(piece));
  }
  await nextTurn();
  answer.onResponseEnd();
}
