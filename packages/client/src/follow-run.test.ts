import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { followRun, followRunEvents } from "./index.ts";
import { errorOf, PROMPT, problem, send, serve } from "./testing/scripted-server.ts";

describe("following a run", () => {
  const hash = "0".repeat(64);
  const RUN_ID = `run_${"0".repeat(32)}`;
  const runIn = (status: string) => ({
    id: RUN_ID,
    suite: "triage",
    suiteVersion: 1,
    prompt: "triage",
    promptVersion: 1,
    dataset: "triage",
    datasetVersion: 1,
    status,
    progress: { total: 1, done: 0 },
    hashes: {
      promptVersion: hash,
      model: hash,
      adapter: null,
      dataset: hash,
      suite: hash,
      scorers: hash,
      engineBuild: "x",
    },
    baselineRunId: null,
    selection: null,
    rescoreOf: null,
    budgetMicros: null,
    concurrency: null,
    spentMicros: 0,
    reused: 0,
    stopEarly: false,
    stoppedEarly: false,
    power: null,
    summary: null,
    verdict: null,
    error: null,
    createdAt: PROMPT.createdAt,
    finishedAt: null,
  });
  const frame = (status: string) => {
    const type = status === "completed" ? "end" : "progress";
    return `event: ${type}\nid: ${status}-0\ndata: ${JSON.stringify(runIn(status))}\n\n`;
  };
  const stream = (response: ServerResponse, text: string) => {
    if (!response.headersSent) response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(text);
  };

  it("reports every state that the events tell, in whatever pieces they come, until the run is finished", async () => {
    const text = `${frame("queued")}: still here\n\n${frame("running")}${frame("completed")}`;
    const { client, seen } = await serve(async (_, response) => {
      for (let start = 0; start < text.length; start += 700) {
        stream(response, text.slice(start, start + 700));
        await new Promise(setImmediate);
      }
    });
    const states: string[] = [];
    const run = await followRun(client, RUN_ID, { onProgress: ({ status }) => states.push(status) });
    expect(run.status).toBe("completed");
    expect(states).toEqual(["queued", "running", "completed"]);
    expect(seen[0]).toMatchObject({ headers: { authorization: "Bearer ask_x_y" } });
  });

  it("goes on after the last state seen when the connection breaks off", async () => {
    const { client, seen } = await serve((_, response, nth) => {
      if (nth === 2) return void response.destroy();
      stream(response, nth === 1 ? frame("running") : frame("completed"));
      if (nth === 1) setImmediate(() => response.destroy());
    });
    const states: string[] = [];
    let losses = 0;
    for await (const { status } of followRunEvents(client, RUN_ID, { onLost: () => losses++ }))
      states.push(status);
    expect(states).toEqual(["running", "completed"]);
    expect(losses).toBe(2);
    expect(seen.map(({ url }) => url.split("?")[1] ?? "")).toEqual([
      "",
      "after=running-0",
      "after=running-0",
    ]);
  });

  it("gives up what the server refuses, and a server that stays away", async () => {
    const refused = await serve((_, response) => send(response, 404, problem("not_found", 404)));
    expect(await errorOf(followRun(refused.client, RUN_ID))).toMatchObject({ code: "not_found" });
    const gone = await serve((_, response) => void response.destroy());
    const events = followRunEvents(gone.client, RUN_ID, { failuresMax: 2 });
    expect(await errorOf(events.next())).toMatchObject({ code: "unreachable" });
    expect(gone.seen).toHaveLength(2);
  });

  it("stops at once when its signal is aborted", async () => {
    const { client } = await serve((_, response) => stream(response, frame("running")));
    const controller = new AbortController();
    const following = followRun(client, RUN_ID, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(following).rejects.toThrow("enough");
  });
});
