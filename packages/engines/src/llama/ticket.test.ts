import type { GenerateEvent } from "@assay/core";
import { expect, test } from "vitest";
import { NO_STEPS } from "./child-messages.ts";
import { localFailure } from "./local-failure.ts";
import { Ticket } from "./ticket.ts";

const USAGE = { promptTokens: 3, completionTokens: 2 };
const DONE = { type: "done", id: 1, reason: "stop", usage: USAGE, counters: NO_STEPS } as const;
const CANCELLED = { type: "failed", failure: expect.objectContaining({ code: "cancelled" }), usage: USAGE };

function ticket(answerCheck?: ConstructorParameters<typeof Ticket>[0]["answerCheck"]): Ticket {
  const target = { kind: "local" as const, modelSha256: "m", modelPath: "m.gguf" };
  const call = {
    tenantId: "ten_a",
    priority: "batch" as const,
    signal: new AbortController().signal,
  };
  return new Ticket({ request: { target, input: { text: "x" }, sampling: {} }, target, call, answerCheck });
}

const say = (subject: Ticket, text: string) =>
  subject.emit({ type: "text", id: subject.id, text, logprobs: undefined });

async function eventsOf(subject: Ticket): Promise<GenerateEvent[]> {
  const events: GenerateEvent[] = [];
  for await (const event of subject.events) events.push(event);
  return events;
}

test("after a cancellation neither unread nor later text is shown, whatever the child still says", async () => {
  for (const end of [
    (subject: Ticket) => subject.finish(DONE),
    (subject: Ticket) => subject.fail(localFailure("crashed", "It crashed."), USAGE),
  ]) {
    const subject = ticket();
    say(subject, "unread");
    expect(subject.cancel()).toBe(true);
    say(subject, "late");
    end(subject);
    expect(await eventsOf(subject)).toEqual([CANCELLED]);
  }
});

test("an answer that was complete but unread is cancelled too; one that was read is not", async () => {
  const unread = ticket();
  say(unread, "text");
  unread.finish(DONE);
  expect(unread.cancel()).toBe(false);
  expect(await eventsOf(unread)).toEqual([CANCELLED]);

  const read = ticket();
  read.finish(DONE);
  const events = await eventsOf(read);
  expect(read.cancel()).toBe(false);
  expect(events).toMatchObject([{ type: "finish", reason: "stop", usage: USAGE }]);
});

test("a complete answer is checked, a truncated one says only that", async () => {
  const check = () => ({ valid: false as const, problem: "It breaks the schema." });
  const [complete, truncated] = [ticket(check), ticket(check)];
  complete.finish(DONE);
  truncated.finish({ ...DONE, reason: "length" });
  expect(await eventsOf(complete)).toMatchObject([
    { failure: { code: "schema_violated", message: "It breaks the schema." }, usage: USAGE },
  ]);
  expect(await eventsOf(truncated)).toMatchObject([{ type: "finish", reason: "length" }]);
});

test("a seed is always explicit, so that a second attempt draws the same numbers", () => {
  expect(ticket().childRequest.sampling.seed).toEqual(expect.any(Number));
});
