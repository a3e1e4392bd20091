import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandResult, runCommand } from "../kit/run-command.ts";
import { type StartedServer, startServer } from "../kit/start-server.ts";

const PROMPT = "prompt:support-triage";
const SUITE = "evals/airline/support-triage.yaml";
const ENDLESS = { type: "array", items: { type: "boolean" }, minItems: 300 };
const MESSAGE = "My flight was cancelled and I am stranded at the airport tonight.";

/** The main job, on the real model: each test goes on from where the one before it stopped. */
describe("the loop", () => {
  let server: StartedServer;
  let airline: OpenAI;
  let bank: OpenAI;

  beforeAll(async () => {
    // Not the UI: its files would be gone for a while, and servers of tests beside this one read them when they start.
    const built = await runCommand("npm", ["run", "build", "-w", "@assay/cli"]);
    expect(built.code, built.stderr).toBe(0);
    server = await startServer();
    const sdk = (tenant: string) =>
      new OpenAI({ baseURL: `${server.url}/v1`, apiKey: server.keys[tenant] ?? "", maxRetries: 0 });
    airline = sdk("airline");
    bank = sdk("bank");
  }, 240_000);
  afterAll(() => server?.[Symbol.asyncDispose]());

  const assay = (...args: string[]): Promise<CommandResult> =>
    runCommand(process.execPath, ["apps/cli/dist/main.js", ...args], {
      ASSAY_URL: server.url,
      ASSAY_KEY: server.keys.airline ?? "",
    });

  const api = async (tenant: string, path: string, init: RequestInit = {}): Promise<Response> =>
    await fetch(`${server.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${server.keys[tenant]}` },
    });

  const chat = async () => {
    const { data, response } = await airline.chat.completions
      .create({ model: PROMPT, messages: [{ role: "user", content: MESSAGE }] })
      .withResponse();
    return {
      text: data.choices[0]?.message.content ?? "",
      version: response.headers.get("x-assay-prompt-version"),
      usage: data.usage,
    };
  };

  test("a chat app streams an answer through the airline's prompt", async () => {
    const stream = await airline.chat.completions.create({
      model: PROMPT,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: "user", content: MESSAGE }],
    });
    let text = "";
    let chunks = 0;
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      chunks += chunk.choices[0]?.delta.content ? 1 : 0;
      usage = chunk.usage ?? usage;
    }
    expect(JSON.parse(text)).toHaveProperty("intent");
    expect(chunks).toBeGreaterThan(3);
    expect(usage?.completion_tokens).toBeGreaterThan(3);
    expect((await chat()).version).toBe("support-triage@1");
  });

  test("an editor adds a version over HTTP; the same content again adds none", async () => {
    const content = {
      messages: [{ role: "system", content: "You are a helpful assistant." }, { placeholder: "history" }],
      model: "starter",
      sampling: { temperature: 0, maxTokens: 48 },
    };
    const post = () =>
      api("airline", "/api/prompts/support-triage/versions", {
        method: "POST",
        body: JSON.stringify({ content }),
      });
    expect(await (await post()).json()).toMatchObject({ created: true, version: { version: 4 } });
    expect(await (await post()).json()).toMatchObject({ created: false, version: { version: 4 } });
  });

  test("nothing moves production without evidence", async () => {
    const moved = await assay("promote", "support-triage", "production", "--to", "3");
    expect(moved.code, moved.stderr).toBe(100);
    expect(moved.stdout + moved.stderr).toMatch(/evidence/);
    expect((await chat()).version).toBe("support-triage@1");
  });

  test("the worse version is measured, and refused with the clauses that failed and their numbers", async () => {
    const evaluated = await assay("eval", SUITE, "--version", "2", "--json");
    expect(evaluated.code, evaluated.stderr).toBe(100);
    const moved = await assay("promote", "support-triage", "production", "--to", "2");
    expect(moved.code, moved.stderr).toBe(100);
    expect(moved.stdout + moved.stderr).toMatch(/minScore: Mean score 0\.\d+ over 400 cases, 95 % interval/);
    expect((await chat()).version).toBe("support-triage@1");
  }, 240_000);

  test("the better version is measured, accepted, and serves the very next call", async () => {
    const evaluated = await assay("eval", SUITE, "--version", "3");
    expect(evaluated.code, evaluated.stdout + evaluated.stderr).toBe(0);
    const moved = await assay("promote", "support-triage", "production", "--to", "3");
    expect(moved.code, moved.stdout + moved.stderr).toBe(0);
    const answer = await chat();
    expect(answer.version).toBe("support-triage@3");
    expect(JSON.parse(answer.text)).toEqual({ intent: "stranded", urgency: "high" });
    const { items } = (await (await api("airline", "/api/prompts/support-triage/labels")).json()) as {
      items: object[];
    };
    expect(items).toMatchObject([{ name: "production", version: 3, standing: { kind: "proven" } }]);
  }, 240_000);

  test("a rollback takes effect with the next call", async () => {
    const back = await assay(
      "rollback",
      "support-triage",
      "production",
      "--to",
      "1",
      "--reason",
      "rehearsal",
    );
    expect(back.code, back.stdout + back.stderr).toBe(0);
    expect((await chat()).version).toBe("support-triage@1");
    const forth = await assay("promote", "support-triage", "production", "--to", "3");
    expect(forth.code, forth.stdout + forth.stderr).toBe(0);
    expect((await chat()).version).toBe("support-triage@3");
  });

  test("the bank sees none of it", async () => {
    const runs = (await (await api("bank", "/api/runs")).json()) as { items: object[] };
    expect(runs.items).toEqual([]);
    const versions = (await (await api("bank", "/api/prompts/support-triage/versions")).json()) as {
      items: object[];
    };
    expect(JSON.stringify(versions)).not.toContain("Meridian");
    await expect(
      bank.chat.completions.create({
        model: "adapter:airline-support@1",
        messages: [{ role: "user", content: "hello" }],
      }),
    ).rejects.toMatchObject({ status: 404 });
    const usage = (await (await api("bank", "/api/usage")).json()) as { rows: object[] };
    expect(usage.rows).toEqual([]);
  });

  test("a client that leaves stops the generation, and its trace says so", async () => {
    const controller = new AbortController();
    const stream = await airline.chat.completions.create(
      {
        model: "starter",
        stream: true,
        max_tokens: 400,
        messages: [{ role: "user", content: "Tell me everything." }],
        // An answer that cannot end before it is as long as it may be, so that there is something to leave.
        response_format: { type: "json_schema", json_schema: { name: "everything", schema: ENDLESS } },
      },
      { signal: controller.signal },
    );
    for await (const _ of stream) break;
    controller.abort();
    await expect
      .poll(async () => {
        const { rows } = (await (await api("airline", "/api/usage")).json()) as {
          rows: { model: string; prompt: string | null; failedRequests: number }[];
        };
        return rows.filter(({ prompt }) => prompt === null).map(({ failedRequests }) => failedRequests);
      })
      .toEqual([1]);
  });

  test("the SDK understands a refusal", async () => {
    const create = (body: object) =>
      airline.chat.completions.create({
        model: PROMPT,
        messages: [{ role: "user", content: "hello" }],
        ...body,
      });
    await expect(create({ temperature: 1 })).rejects.toMatchObject({
      status: 400,
      code: "parameter_pinned",
      param: "temperature",
    });
    await expect(create({ model: `${PROMPT}@staging` })).rejects.toMatchObject({
      status: 404,
      code: "not_found",
    });
    await expect(create({ variables: { extra: 1 } })).rejects.toMatchObject({
      status: 422,
      code: "variables_invalid",
    });
  });
});
