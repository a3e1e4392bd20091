import type { Case, Tool } from "@assay/core";
import { useEffect, useRef, useState } from "react";
import { clientOf } from "../api/tenant-client.ts";
import { useTenant } from "../api/use-tenant.ts";
import { type Answer, WAITING } from "./answer.ts";
import { ask } from "./ask.ts";
import { type CellRun, inPool } from "./case-run.ts";
import { type Asked, chatRequest } from "./chat-request.ts";

interface CaseRunsOf {
  cases: { dataset: string; version: number; keys: readonly string[] };
  /** Each with its key. */
  columns: readonly { key: string; asked: Asked }[];
  /** Scores the outputs where it is named. */
  suite: string | undefined;
}

export interface CaseRuns {
  /** By `cellKey`. */
  cells: ReadonlyMap<string, CellRun>;
  isRunning: boolean;
  start(what: CaseRunsOf): void;
  stop(): void;
}

export function cellKey(columnKey: string, caseKey: string): string {
  return JSON.stringify([columnKey, caseKey]);
}

/** Puts cases to columns, a few at a time, and scores what comes back. Nothing of it is kept: it is a look. */
export function useCaseRuns(): CaseRuns {
  const tenant = useTenant().slug;
  const [cells, setCells] = useState<ReadonlyMap<string, CellRun>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  const start = async ({ cases, columns, suite }: CaseRunsOf) => {
    controller.current?.abort();
    const mine = new AbortController();
    controller.current = mine;
    const { signal } = mine;
    const show = (key: string, cell: CellRun) => {
      if (controller.current === mine) setCells((now) => new Map(now).set(key, cell));
    };
    setCells(new Map());
    setRunning(true);
    const { dataset, version, keys } = cases;
    const works = keys.map((caseKey) => async () => {
      const at = { dataset, version, key: caseKey };
      const found = await clientOf(tenant)
        .getCase(at, { signal })
        .catch((error: unknown) => ({ error }));
      for (const { key, asked } of columns) {
        if (signal.aborted) return;
        const cell = cellKey(key, caseKey);
        show(cell, cellOf(WAITING));
        if ("error" in found) show(cell, cellOf({ ...WAITING, status: "failed", error: found.error }));
        else show(cell, await runCell({ tenant, asked, testCase: found.case, suite, signal }));
      }
    });
    await inPool(works, signal);
    if (controller.current === mine) setRunning(false);
  };

  return {
    cells,
    isRunning,
    start: (what) => void start(what),
    stop: () => controller.current?.abort(),
  };
}

interface Cell {
  tenant: string;
  asked: Asked;
  testCase: Case;
  suite: string | undefined;
  signal: AbortSignal;
}

async function runCell({ tenant, asked, testCase, suite, signal }: Cell): Promise<CellRun> {
  const { variables = {}, messages = [] } = testCase;
  const answer = await ask({ tenant, request: chatRequest(asked, { variables, messages }), signal });
  if (answer.status !== "done" || suite === undefined) return cellOf(answer);
  try {
    const seen = { suite, case: testCase, ...seenOf(answer, asked.content.tools ?? []) };
    return { ...cellOf(answer), outcome: await clientOf(tenant).scorePlaygroundOutput(seen, { signal }) };
  } catch (scoringError) {
    return { ...cellOf(answer), scoringError };
  }
}

function seenOf({ text, toolCalls, totalMs, end }: Answer, tools: readonly Tool[]) {
  const { promptTokens = null, completionTokens = null, costMicros = null, queueWaitMs = null } = end ?? {};
  const isCounted = promptTokens !== null && completionTokens !== null;
  return {
    output: text,
    toolCalls: [...toolCalls],
    tools: [...tools],
    latencyMs: totalMs === null ? null : Math.max(0, totalMs - (queueWaitMs ?? 0)),
    usage: isCounted ? { promptTokens, completionTokens } : null,
    costMicros,
  };
}

function cellOf(answer: Answer): CellRun {
  return { answer, outcome: null, scoringError: null };
}
