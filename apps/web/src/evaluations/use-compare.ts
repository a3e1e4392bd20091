import type { Run } from "@assay/core";
import { useNavigate } from "@tanstack/react-router";
import { useAsk } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { baseFirst } from "./base-first.ts";

/** Leads to the comparison of runs, with the version in use as what the others are held against. */
export function useCompare(): (runs: readonly Run[]) => Promise<void> {
  const navigate = useNavigate();
  const { slug: tenant } = useTenant();
  const listLabels = useAsk("listLabels");
  return async (runs) => {
    const prompts = [...new Set(runs.map(({ prompt }) => prompt))];
    const known = await Promise.all(
      prompts.map(async (prompt) => {
        // What cannot be read, such as a prompt that is gone, has no label that we know of.
        const labels = await listLabels({ prompt }).catch(() => ({ items: [] }));
        return [prompt, labels.items] as const;
      }),
    );
    const ids = baseFirst(runs, new Map(known)).map(({ id }) => id);
    await navigate({
      to: "/t/$tenant/evaluations/compare",
      params: { tenant },
      search: { runs: ids.join(",") },
    });
  };
}
