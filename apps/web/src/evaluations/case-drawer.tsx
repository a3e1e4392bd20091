import type { Run } from "@assay/core";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useEffect, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { useList, useRead } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { Loaded } from "../components/loaded.tsx";
import { PlaceLink } from "../components/place-link.tsx";
import { CaseView } from "./case-view.tsx";
import { neighboursOf } from "./neighbours-of.ts";
import { type ResultFilter, resultListOf } from "./result-filter.ts";

interface CaseDrawerProps {
  run: Run;
  filter: ResultFilter;
  caseKey: string;
  onCase: (key: string | undefined) => void;
}

/** One case beside the page; J and K walk through the list behind it. */
export function CaseDrawer({ run, filter, caseKey, onCase }: CaseDrawerProps) {
  const { t } = useTranslation("evaluations");
  const read = useRead("getRunCase", { runId: run.id, key: caseKey });
  const list = useList("listRunResults", resultListOf(run.id, filter));
  const { previous, next } = neighboursOf(list.data?.map((each) => each.caseKey) ?? [], caseKey);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (next === undefined && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [next, hasNextPage, isFetchingNextPage, fetchNextPage]);
  useWalkingKeys({ j: next, k: previous }, onCase);
  return (
    <Dialog
      isOpen
      onClose={() => onCase(undefined)}
      shape="drawer"
      title={t("caseTitle", { key: caseKey })}
      description={t("walkHint")}
      actions={
        <>
          <Button
            icon={<ChevronUp className="size-4" aria-hidden />}
            disabled={previous === undefined}
            onClick={() => onCase(previous)}
          >
            {t("previousCase")} <kbd className="font-mono text-xs">K</kbd>
          </Button>
          <Button
            icon={<ChevronDown className="size-4" aria-hidden />}
            disabled={next === undefined}
            onClick={() => onCase(next)}
          >
            {t("nextCase")} <kbd className="font-mono text-xs">J</kbd>
          </Button>
          <span className="flex-1" />
          <PlaceLink
            path={`/datasets/${run.dataset}`}
            search={{ version: run.datasetVersion, case: caseKey }}
            className="self-center text-accent hover:underline"
          >
            {t("inDataset")}
          </PlaceLink>
        </>
      }
    >
      <Loaded from={read}>{(found) => <CaseView run={run} found={found} />}</Loaded>
    </Dialog>
  );
}

function useWalkingKeys(keys: Record<"j" | "k", string | undefined>, onCase: (key: string) => void): void {
  // With the case and not after it: who walks on presses the next key at once.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLElement && event.target.closest("input, textarea, select")) return;
      const to = event.key === "j" || event.key === "k" ? keys[event.key] : undefined;
      if (to !== undefined) onCase(to);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [keys, onCase]);
}
