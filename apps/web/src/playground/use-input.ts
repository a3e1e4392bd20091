import { useEffect, useRef } from "react";
import { useRead } from "../api/use-api.ts";
import { useKept } from "../components/use-kept.ts";
import { EMPTY_INPUT, inputFrom, isInput, type PlaygroundInput } from "./playground-input.ts";
import type { SearchChange } from "./playground-page.tsx";
import type { PlaygroundSearch } from "./playground-search.ts";

interface InputSource {
  prompt: string;
  search: PlaygroundSearch;
  onChange: SearchChange;
}

type SetInput = (change: (now: PlaygroundInput) => PlaygroundInput) => void;

/**
 * What is typed, kept by the browser. An input that the address names, a served request or a case, takes its place once
 * and leaves the address, so that a reload does not undo what was typed after it.
 */
export function useInput({
  prompt,
  search,
  onChange,
}: InputSource): [PlaygroundInput, SetInput, Error | null] {
  const [input, setInput] = useKept(`playground.${prompt}.input`, EMPTY_INPUT, isInput);
  const { input: shared, trace: traceId, dataset, case: caseKey, datasetVersion: version } = search;
  const trace = useRead("getTrace", { traceId: traceId ?? "" }, { isEnabled: traceId !== undefined });
  const about = useRead(
    "getDataset",
    { dataset: dataset ?? "" },
    { isEnabled: caseKey !== undefined && version === undefined },
  );
  const at = version ?? about.data?.latestVersion ?? undefined;
  const found = useRead(
    "getCase",
    { dataset: dataset ?? "", version: at ?? 1, key: caseKey ?? "" },
    { isEnabled: caseKey !== undefined && at !== undefined },
  );
  const fromTrace = traceId === undefined ? undefined : trace.data;
  const fromCase = caseKey === undefined ? undefined : found.data?.case;
  const source = shared ?? fromTrace ?? fromCase;
  const takenFrom = useRef<unknown>(undefined);
  useEffect(() => {
    if (source === undefined || source === takenFrom.current) return;
    takenFrom.current = source;
    const taken =
      shared ?? (fromTrace?.content && inputFrom(fromTrace.content)) ?? (fromCase && inputFrom(fromCase));
    if (taken != null) setInput(() => taken);
    onChange({ input: undefined, trace: undefined, case: undefined, datasetVersion: undefined });
  }, [source, shared, fromTrace, fromCase, setInput, onChange]);
  return [input, setInput, trace.error ?? found.error ?? about.error];
}
