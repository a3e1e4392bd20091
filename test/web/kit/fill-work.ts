import { type Client, createClient, followRun } from "@assay/client";
import type { StartedServer } from "../../kit/start-server.ts";
import { fillTeam } from "./fill-team.ts";
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
  { content: "My suitcase did not come out on the belt, and I fly on tonight.", score: null },
  { content: "How do I add a pet to my booking?", score: 0 },
  { content: "I want my money back for the cancelled flight.", score: null },
  { content: "Which seats have more room for the legs?", score: 1 },
];

/**
 * A starter tenant as it looks when people have worked in it, so that no page is empty. With `cases` its two runs are
 * of so many only, which is quick and proves nothing to the gate.
 */
export async function fillWork(server: StartedServer, cases?: number): Promise<Work> {
  const { url, keys } = server;
  const airline = createClient({ baseUrl: url, key: keys.airline });
  await airline.setTraceSettings({ prompt: "support-triage", sampleRate: 1 });
  for (const question of QUESTIONS) await ask(url, keys.airline ?? "", question);
  await fillTeam(server);
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

/** As an app asks, and as whoever got the answer rates it. */
async function ask(url: string, key: string, { content, score }: { content: string; score: number | null }) {
  const post = (path: string, body: object) =>
    fetch(url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const messages = [{ role: "user", content }];
  const response = await post("/v1/chat/completions", { model: "prompt:support-triage", messages });
  await response.text();
  if (score === null) return;
  const token = response.headers.get("x-assay-feedback-token");
  await post("/v1/feedback", {
    token,
    score,
    comment: score === 0 ? "That is no flight disruption." : "Right.",
  });
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
