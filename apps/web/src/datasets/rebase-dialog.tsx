import type { CaseDiff, Dataset } from "@assay/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAsk } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { SelectField } from "../components/field.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MARK_TONES } from "./case-grid-row.tsx";
import { type Conflict, conflictsOf, rebased } from "./draft.ts";
import type { DraftHandle } from "./use-draft.ts";

const DIFFS_PER_READ = 200;

interface RebaseDialogProps {
  dataset: Dataset;
  drafting: DraftHandle;
  onClose: () => void;
}

/** Somebody published in the meantime: puts the draft on their version, asking about what both have touched. */
export function RebaseDialog({ dataset, drafting, onClose }: RebaseDialogProps) {
  const { t } = useTranslation("datasets");
  const { draft, change } = drafting;
  const [yielding, setYielding] = useState<ReadonlySet<string>>(new Set());
  const newest = dataset.latestVersion ?? 1;
  const since = useDifferences(dataset.slug, draft.base, newest);
  const conflicts = conflictsOf(draft, since.data ?? []);
  const apply = () => {
    change((now) => rebased(now, newest, { conflicts: conflictsOf(now, since.data ?? []), yielding }));
    onClose();
  };
  const choose = (key: string, isMine: boolean) => {
    const next = new Set(yielding);
    if (isMine) next.delete(key);
    else next.add(key);
    setYielding(next);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("bringUp", { version: newest })}
      description={t("bringUpText", { base: draft.base ?? 0, version: newest })}
      actions={
        <>
          <Button onClick={onClose}>{t("later")}</Button>
          <Button look="primary" disabled={since.data === undefined} onClick={apply}>
            {t("bringUp", { version: newest })}
          </Button>
        </>
      }
    >
      <Loaded from={since}>
        {() =>
          conflicts.length === 0 ? (
            <p>{t("noConflicts")}</p>
          ) : (
            <ul className="flex flex-col gap-3">
              {conflicts.map((each) => (
                <ConflictRow
                  key={each.key}
                  conflict={each}
                  isMine={!yielding.has(each.key)}
                  onChoose={(isMine) => choose(each.key, isMine)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  );
}

interface ConflictRowProps {
  conflict: Conflict;
  isMine: boolean;
  onChoose: (isMine: boolean) => void;
}

function ConflictRow({ conflict: { key, mine, theirs }, isMine, onChoose }: ConflictRowProps) {
  const { t } = useTranslation("datasets");
  return (
    <li className="flex flex-wrap items-center gap-2 rounded-lg border border-line p-3">
      <Bdi className="min-w-0 flex-1 basis-40 truncate font-mono text-sm">{key}</Bdi>
      <span className="text-sm">{t("theyDid")}</span>
      <Badge tone={MARK_TONES[theirs.kind]}>{t(`marks.${theirs.kind}`)}</Badge>
      <span className="text-sm">{t("youDid")}</span>
      <Badge tone={MARK_TONES[mine]}>{t(`marks.${mine}`)}</Badge>
      {theirs.kind === "removed" ? (
        <p className="basis-full text-sm text-ink-soft">{t("removedByThem")}</p>
      ) : (
        <SelectField
          label={t("keepWhich", { key })}
          isLabelHidden
          value={isMine ? "mine" : "theirs"}
          onChange={({ target }) => onChoose(target.value === "mine")}
          options={[
            { value: "mine", text: t("keepMine") },
            { value: "theirs", text: t("keepTheirs") },
          ]}
        />
      )}
    </li>
  );
}

/** All differences between two versions; where there was none before, nothing can be in the way. */
function useDifferences(dataset: string, from: number | null, version: number) {
  const tenant = useTenant().slug;
  const ask = useAsk("diffDatasetVersions");
  return useQuery({
    queryKey: [tenant, "diffDatasetVersions", "all", { dataset, from, version }],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const items: CaseDiff[] = [];
      // From nothing all is new; a key that both have added is then named when the draft is published.
      while (from !== null) {
        const offset = items.length;
        // Fewer than asked for are not the end: they are long.
        const page = await ask({ dataset, version, from, offset, limit: DIFFS_PER_READ });
        items.push(...page.items);
        if (page.items.length === 0 || items.length >= page.added + page.changed + page.removed) break;
      }
      return items;
    },
  });
}
