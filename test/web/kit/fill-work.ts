import { type Client, createClient, followRun } from "@assay/client";
import type { StartedServer } from "../../kit/start-server.ts";
import { TONE_JUDGE } from "./tone-judge.ts";

/** What was made under names that only the server knows. */
export interface Work {
  /** Of a version that the gate refuses. */
  refusedRun: string;
  /** Of a version that it accepts, which may be promoted. */
  passedRun: string;
  change: string;
  trace: string;
}

const QUESTIONS = [
  "My suitcase did not come out on the belt, and I fly on tonight.",
  "How do I add a pet to my booking?",
  "I want my money back for the cancelled flight.",
  "Which seats have more room for the legs?",
];

/**
 * A starter tenant as it looks when people have worked in it, so that no page is empty. With `cases` its two runs are
 * of so many only, which is quick and proves nothing to the gate.
 */
export async function fillWork({ url, keys }: StartedServer, cases?: number): Promise<Work> {
  const airline = createClient({ baseUrl: url, key: keys.airline });
  await airline.setTraceSettings({ prompt: "support-triage", sampleRate: 1 });
  for (const question of QUESTIONS) await ask(url, keys.airline ?? "", question);
  const refusedRun = await measure(airline, { version: 2, cases });
  const passedRun = await measure(airline, { version: 3, cases });
  const { id: change } = await airline.proposeChange({
    prompt: "support-triage",
    label: "production",
    version: 3,
    title: "Answer in the form that the desk reads",
    description: "Names both fields, so that nothing has to be typed again.",
  });
  await openQueue(airline);
  const [trace] = (await airline.listTraces({ prompt: "support-triage", limit: 1 })).items;
  return { refusedRun, passedRun, change, trace: trace?.id ?? "" };
}

async function ask(url: string, key: string, content: string): Promise<void> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "prompt:support-triage", messages: [{ role: "user", content }] }),
  });
  await response.text();
}

async function measure(
  airline: Client,
  { version, cases }: { version: number; cases: number | undefined },
): Promise<string> {
  const { id } = await airline.startRun({
    suite: "support-triage",
    version,
    ...(cases !== undefined && { selection: { sample: { cases } } }),
  });
  await followRun(airline, id);
  return id;
}

async function openQueue(airline: Client): Promise<void> {
  await airline.putSuite({
    suite: "tone",
    prompt: "support-triage",
    dataset: "airline-support",
    scorers: [TONE_JUDGE],
  });
  const { id } = await airline.startRun({ suite: "tone", selection: { sample: { cases: 4 } } });
  await followRun(airline, id);
  const instructions = "Would you send this answer to a passenger as it is?";
  await airline.createAnnotationQueue({
    slug: "tone",
    prompt: "support-triage",
    metric: "tone",
    instructions,
  });
  await airline.fillAnnotationQueue({ queue: "tone", run: id });
}
