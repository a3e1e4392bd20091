import type { Engine, EngineFailure, GenerateEvent, GenerateRequest, HostedTarget } from "@assay/core";
import type { HostedEngineOptions } from "../openai/openai-engine.ts";
import { openHostedEngine } from "../openai/openai-engine.ts";
import type { StandInAnswer, StandInProvider, StandInScript } from "./stand-in-provider.ts";
import { startStandInProvider } from "./stand-in-provider.ts";

export interface HostedCall {
  engine: Engine;
  provider: StandInProvider;
  /** The waits the engine asked for between attempts; none of them is really waited. */
  sleptMs: number[];
  events: (change?: Partial<GenerateRequest>, signal?: AbortSignal) => Promise<GenerateEvent[]>;
  stream: (change?: Partial<GenerateRequest>, signal?: AbortSignal) => AsyncIterable<GenerateEvent>;
  target: HostedTarget;
}

export interface HostedCallOptions extends Partial<HostedEngineOptions> {
  /** One answer for every request, answers in order (the last one stays), or a script. */
  answers: StandInAnswer | readonly StandInAnswer[] | StandInScript;
  target?: Partial<HostedTarget>;
  priority?: "interactive" | "batch";
}

/** Runs `use` with a hosted engine on a stand-in provider and closes both. */
export async function withHostedCall(
  { answers, target: change, priority = "interactive", ...options }: HostedCallOptions,
  use: (call: HostedCall) => Promise<void>,
): Promise<void> {
  const provider = await startStandInProvider({ script: scriptOf(answers) });
  const sleptMs: number[] = [];
  const sleep = async (ms: number) => sleptMs.push(ms);
  const engine = openHostedEngine({ allowedHosts: [provider.origin], sleep, random: () => 0, ...options });
  const target: HostedTarget = {
    kind: "hosted",
    connectionKind: "openai",
    connectionId: "con_1",
    baseUrl: provider.baseUrl,
    secret: "canary-provider-secret",
    providerModel: "gpt-4.1-mini",
    ...change,
  };
  const request: GenerateRequest = {
    target,
    input: { messages: [{ role: "user", content: "hi" }] },
    sampling: {},
  };
  const stream: HostedCall["stream"] = (given, signal = new AbortController().signal) =>
    engine.generate({ ...request, ...given }, { tenantId: "ten_1", priority, signal });
  const events: HostedCall["events"] = async (given, signal) => {
    const gathered: GenerateEvent[] = [];
    for await (const event of stream(given, signal)) gathered.push(event);
    return gathered;
  };
  try {
    await use({ engine, provider, sleptMs, events, stream, target });
  } finally {
    await engine.close();
    await provider.close();
  }
}

function scriptOf(answers: HostedCallOptions["answers"]): StandInScript {
  if (typeof answers === "function") return answers;
  const list = Array.isArray(answers) ? answers : [answers];
  return (_request, index) => list[Math.min(index, list.length - 1)] ?? {};
}

/** The text of some events. */
export function textOf(events: readonly GenerateEvent[]): string {
  return events.map((event) => (event.type === "text" ? event.text : "")).join("");
}

/** The failure that events end with, if they do. */
export function failureOf(events: readonly GenerateEvent[]): EngineFailure | undefined {
  const last = events.at(-1);
  return last?.type === "failed" ? last.failure : undefined;
}
