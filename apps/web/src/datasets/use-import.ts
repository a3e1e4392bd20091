import type { Dataset, ImportCheck, ImportOutcome } from "@assay/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { uploadFile } from "../api/upload-file.ts";
import { useTenant } from "../api/use-tenant.ts";
import { firstModeOf, formatOf, type ImportPlan, mappingOf, PREVIEW_BYTES, queryOf } from "./import-plan.ts";

type Step = "choose" | "columns" | "checked";

interface ImportState {
  step: Step;
  file: File | undefined;
  plan: ImportPlan;
  check: ImportCheck | undefined;
  /** How much of the file is on the server, 0..1; null while nothing is under way. */
  share: number | null;
  /** Is it a look at the file's beginning that is under way? What is asked after it needs not wait for it. */
  isLooking: boolean;
  error: unknown;
}

const START: ImportState = {
  step: "choose",
  file: undefined,
  plan: { format: "csv", mode: "append", mapping: undefined },
  check: undefined,
  share: null,
  isLooking: false,
  error: null,
};

/** The way of a file into a dataset: look at its beginning, choose its columns, check all of it, store it. */
export function useImport(dataset: Pick<Dataset, "slug" | "latestVersion">) {
  const tenant = useTenant().slug;
  const queries = useQueryClient();
  const [state, setState] = useState<ImportState>(() => ({
    ...START,
    plan: { ...START.plan, mode: firstModeOf(dataset) },
  }));
  const newest = useRef(0);
  const send = async (to: "checks" | "versions", query: string, body: Blob): Promise<unknown> => {
    const path = `/api/datasets/${dataset.slug}/${to}?${query}`;
    const mine = newest.current;
    const onProgress = (share: number) => {
      if (mine === newest.current) setState((now) => (now.share === null ? now : { ...now, share }));
    };
    return await uploadFile({ tenant, path, file: body, onProgress });
  };
  /** What is asked later wins: an answer to an earlier question changes nothing any more. */
  const run = async (work: () => Promise<Partial<ImportState>>, isLooking = false): Promise<void> => {
    newest.current += 1;
    const mine = newest.current;
    const settle = (next: Partial<ImportState>) => {
      if (mine === newest.current) setState((now) => ({ ...now, ...next, share: null, isLooking: false }));
    };
    setState((now) => ({ ...now, share: 0, isLooking, error: null }));
    await work().then(settle, (error: unknown) => settle({ error }));
  };
  /** Reads the beginning of the file, which is enough for its columns. */
  const preview = (file: File, plan: ImportPlan) =>
    run(async () => {
      const isCut = file.size > PREVIEW_BYTES;
      const query = queryOf(plan, isCut ? { isCut: "true" } : {});
      const check = (await send("checks", query, file.slice(0, PREVIEW_BYTES))) as ImportCheck;
      const mapping = plan.mapping ?? mappingOf(check.columns);
      return { step: "columns", check, plan: { ...plan, mapping } };
    }, true);
  return {
    state,
    choose: (file: File) => {
      const plan = { ...state.plan, format: formatOf(file.name), mapping: undefined };
      setState({ ...START, plan, file });
      return preview(file, plan);
    },
    change: (plan: ImportPlan) => {
      setState((now) => ({ ...now, plan }));
      return state.file === undefined ? Promise.resolve() : preview(state.file, plan);
    },
    checkAll: () =>
      run(async () => {
        if (state.file === undefined) return {};
        const check = (await send("checks", queryOf(state.plan), state.file)) as ImportCheck;
        return { step: "checked", check };
      }),
    /** Answers what came of it, or nothing where it was refused. */
    store: async (more: { note: string; skipWrong: boolean }): Promise<ImportOutcome | undefined> => {
      let outcome: ImportOutcome | undefined;
      await run(async () => {
        if (state.file === undefined) return {};
        const query = queryOf(state.plan, {
          ...(more.note !== "" && { note: more.note }),
          ...(more.skipWrong && { skipWrong: "true" }),
        });
        outcome = (await send("versions", query, state.file)) as ImportOutcome;
        const changed = ["getDataset", "listDatasets", "listDatasetVersions", "getDatasetUsage"];
        await Promise.all(changed.map((name) => queries.invalidateQueries({ queryKey: [tenant, name] })));
        return {};
      });
      return outcome;
    },
    back: () => setState((now) => ({ ...now, step: "columns", error: null })),
  };
}

export type Importing = ReturnType<typeof useImport>;
