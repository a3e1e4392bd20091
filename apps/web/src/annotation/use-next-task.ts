import type { NextAnnotation } from "@assay/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { clientOf } from "../api/tenant-client.ts";
import { useTenant } from "../api/use-tenant.ts";
import { exceptOf, type Outbox, withLabel } from "./outbox.ts";

interface NextTask {
  queue: string;
  outbox: Outbox;
  skipped: readonly string[];
  isEnabled: boolean;
}

/**
 * What is labelled next. The one after it is read ahead, and the one in view stays while labels before it are sent, so
 * that nothing flickers under somebody who works by key.
 */
export function useNextTask({ queue, outbox, skipped, isEnabled }: NextTask) {
  const tenant = useTenant().slug;
  const queries = useQueryClient();
  const read = (except: string | undefined) => ({
    queryKey: [tenant, "getNextAnnotation", { queue, except }],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<NextAnnotation> =>
      await clientOf(tenant).getNextAnnotation(
        { queue, ...(except !== undefined && { except }) },
        { signal },
      ),
  });
  const except = exceptOf({ outbox, skipped });
  const { data, error, refetch } = useQuery({
    ...read(except),
    enabled: isEnabled,
    placeholderData: (before) => before,
  });
  // What is on its way or was passed over is an older answer that is still shown.
  const isOld = data?.task != null && except?.includes(data.task.itemId) === true;
  const itemId = isOld ? undefined : data?.task?.itemId;
  const ahead = itemId && exceptOf({ outbox: withLabel(outbox, { itemId, passed: true }), skipped });
  useEffect(() => {
    if (ahead) void queries.prefetchQuery(read(ahead));
    // biome-ignore lint/correctness/useExhaustiveDependencies: what is read ahead is said by its items
  }, [ahead, read, queries.prefetchQuery]);
  return { data: isOld ? undefined : data, error, refetch };
}
