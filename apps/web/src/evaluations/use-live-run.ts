import { followRunEvents } from "@assay/client";
import type { Run } from "@assay/core";
import { type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { clientOf } from "../api/tenant-client.ts";
import { useRead } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { isActive } from "./run-status.tsx";

interface LiveRun {
  read: UseQueryResult<Run, Error>;
  /** The server cannot be reached at the moment; it is tried again. */
  isLost: boolean;
}

/** A run that is followed as long as it is under way; it comes back by itself when the server does. */
export function useLiveRun(runId: string): LiveRun {
  const { slug } = useTenant();
  const queries = useQueryClient();
  const read = useRead("getRun", { runId });
  const [isLost, setLost] = useState(false);
  const mustFollow = read.data !== undefined && isActive(read.data);
  useEffect(() => {
    if (!mustFollow) return;
    const left = new AbortController();
    const follow = async () => {
      const options = {
        signal: left.signal,
        failuresMax: Number.POSITIVE_INFINITY,
        onLost: () => setLost(true),
      };
      for await (const run of followRunEvents(clientOf(slug), runId, options)) {
        setLost(false);
        queries.setQueryData([slug, "getRun", { runId }], run);
      }
      await Promise.all(
        (["listRuns", "listRunResults", "getRunBreakdown"] as const).map((name) =>
          queries.invalidateQueries({ queryKey: [slug, name] }),
        ),
      );
    };
    // A refusal shows when the run is read again; leaving the page is none.
    follow().catch(() => void (left.signal.aborted || read.refetch()));
    return () => left.abort();
  }, [mustFollow, slug, runId, queries, read.refetch]);
  return { read, isLost };
}
