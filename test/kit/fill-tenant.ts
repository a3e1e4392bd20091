import type { Client } from "@assay/client";
import { nanoAdapterBytes } from "@assay/engines/testing";
import type { TestTenant } from "./open-test-app.ts";

/** The names and ids of one thing of every kind in a tenant; together they fill every path of the contract. */
export interface Names {
  connection: string;
  model: string;
  adapter: string;
  prompt: string;
  label: string;
  version: string;
  dataset: string;
  suite: string;
  runId: string;
  queue: string;
  itemId: string;
  /** A second run of the same version. */
  otherRunId: string;
  keyId: string;
  /** A request whose texts are kept. */
  traceId: string;
  changeId: string;
  tenantId: string;
  /** A member, their e-mail, and one of their sessions. */
  userId: string;
  email: string;
  sessionId: string;
  /** An invitation that nobody has accepted, and the token of another one. */
  invitationId: string;
  token: string;
  /** Of a link that gives the member a new password. */
  resetToken: string;
}

/** Everybody's. */
export const PASSWORD = "correct horse battery staple";

/**
 * Creates one of everything, through the API. Every text that is content carries `canary`, so that a leak shows;
 * names start with `prefix`.
 */
export async function fillTenant(
  client: Client,
  at: { prefix: string; canary: string; tenantId: string; chat: TestTenant["chat"] },
): Promise<Names> {
  const { prefix, canary, tenantId } = at;
  const name = (kind: string) => `${prefix}-${kind}`;
  await client.createConnection({
    slug: name("connection"),
    kind: "openai",
    baseUrl: `https://api.openai.com/${canary}`,
    secret: `sk-${canary}`,
  });
  await client.createHostedModel({
    slug: name("model"),
    connection: name("connection"),
    providerModel: `gpt-${canary}`,
  });
  await client.createAdapter({ slug: name("adapter"), baseModel: "nano" });
  await client.uploadAdapterVersion({
    adapter: name("adapter"),
    note: canary,
    file: new Blob([nanoAdapterBytes()]),
  });
  await client.createPrompt({ slug: name("prompt"), description: canary });
  await client.addPromptVersion({
    prompt: name("prompt"),
    note: canary,
    content: {
      messages: [{ role: "system", content: `Always say ${canary}.` }, { placeholder: "history" }],
      model: "nano",
      adapter: `${name("adapter")}@1`,
    },
  });
  await client.putPromptDraft({
    prompt: name("prompt"),
    baseVersion: 1,
    body: canary,
    expectedRevision: null,
  });
  await client.createDataset({ slug: name("dataset"), description: canary });
  const cases = [1, 2, 3].map((n) =>
    JSON.stringify({
      key: `case-${n}`,
      messages: [{ role: "user", content: canary }],
      expected: canary,
      tags: [canary],
    }),
  );
  await client.importDataset({ dataset: name("dataset"), format: "jsonl", text: cases.join("\n") });
  await client.putSuite({
    suite: name("suite"),
    prompt: name("prompt"),
    dataset: name("dataset"),
    scorers: [{ type: "contains", options: { values: [canary] } }],
    gate: { label: "production", minCases: 1, minScore: { score: 0.5, on: "mean" } },
  });
  await client.moveLabel({ prompt: name("prompt"), label: "production", version: 1 });
  await client.setGate({ prompt: name("prompt"), label: "production", suite: name("suite") });
  const change = await client.proposeChange({
    prompt: name("prompt"),
    label: "staging",
    version: 1,
    title: canary,
    description: canary,
  });
  const run = await client.startRun({ suite: name("suite"), version: 1 });
  const otherRun = await client.startRun({ suite: name("suite"), version: 1 });
  await client.setTraceSettings({ prompt: name("prompt"), sampleRate: 1 });
  const traceId = await at.chat(`prompt:${name("prompt")}@1`, `Say ${canary}.`);
  const { key } = await client.createKey({ name: canary, role: "viewer" });
  await client.createAnnotationQueue({
    slug: name("queue"),
    prompt: name("prompt"),
    metric: "rubric",
    instructions: canary,
  });
  const people = await addPeople(client, prefix);
  await client.setIdentityProvider({ issuer: `https://api.openai.com/${canary}`, clientId: canary });
  return {
    ...people,
    connection: name("connection"),
    model: name("model"),
    adapter: name("adapter"),
    prompt: name("prompt"),
    label: "production",
    version: "1",
    dataset: name("dataset"),
    suite: name("suite"),
    runId: run.id,
    queue: name("queue"),
    // Only runs that a worker finished have outputs to label; no test of the contract starts one.
    itemId: `ani_${"a".repeat(32)}`,
    otherRunId: otherRun.id,
    keyId: key.id,
    changeId: change.id,
    traceId,
    tenantId,
  };
}

/** A member, who came by an invitation, and two invitations that nobody has accepted. */
async function addPeople(client: Client, prefix: string) {
  const email = `${prefix}-member@people.test`;
  const { token } = await client.createInvitation({ email, role: "viewer" });
  const { user } = await client.acceptInvitation({ token, name: prefix, password: PASSWORD });
  const { invitation } = await client.createInvitation({ email: `${prefix}-1@people.test`, role: "viewer" });
  const other = await client.createInvitation({ email: `${prefix}-2@people.test`, role: "viewer" });
  const reset = await client.createPasswordReset({ userId: user.id });
  return {
    userId: user.id,
    email,
    resetToken: reset.token,
    // Sessions belong to people: a test that is about one names it.
    sessionId: `ses_${"a".repeat(32)}`,
    invitationId: invitation.id,
    token: other.token,
  };
}

/** Names of the same shape that nothing has. */
export const UNKNOWN: Names = {
  connection: "zzzz-connection",
  model: "zzzz-model",
  adapter: "zzzz-adapter",
  prompt: "zzzz-prompt",
  label: "production",
  version: "1",
  dataset: "zzzz-dataset",
  suite: "zzzz-suite",
  runId: `run_${"f".repeat(32)}`,
  queue: "zzzz-queue",
  itemId: `ani_${"f".repeat(32)}`,
  otherRunId: `run_${"e".repeat(32)}`,
  changeId: `crq_${"f".repeat(32)}`,
  keyId: `key_${"f".repeat(32)}`,
  traceId: `trc_${"f".repeat(32)}`,
  tenantId: `tnt_${"f".repeat(32)}`,
  userId: `usr_${"f".repeat(32)}`,
  email: "nobody@people.test",
  sessionId: `ses_${"f".repeat(32)}`,
  invitationId: `inv_${"f".repeat(32)}`,
  token: "f".repeat(43),
  resetToken: `usr_${"f".repeat(32)}.${"f".repeat(43)}`,
};
