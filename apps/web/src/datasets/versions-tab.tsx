import type { DatasetVersion } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList, useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { useActorNames } from "../components/use-actor-names.ts";
import { useFormat } from "../i18n/format.ts";
import type { TabProps } from "./page-props.ts";
import { VersionDiff } from "./version-diff.tsx";

/** All versions, newest first, and what differs between two of them. */
export function VersionsTab({ dataset, search, go }: TabProps) {
  const { t } = useTranslation("datasets");
  const versions = useList("listDatasetVersions", { dataset: dataset.slug });
  const { data: usage } = useRead("getDatasetUsage", { dataset: dataset.slug });
  const { version, from } = search;
  const nameOf = useActorNames((versions.data ?? []).map(({ createdBy }) => createdBy));
  const pinned = new Set(usage?.gates.map(({ datasetVersion }) => datasetVersion));
  return (
    <div className="flex flex-col gap-6">
      {from !== undefined && version !== undefined && (
        <VersionDiff key={`${from}-${version}`} dataset={dataset} at={{ from, version }} go={go} />
      )}
      <Loaded from={versions}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState title={t("noVersions")}>{t("noVersionsText")}</EmptyState>
          ) : (
            <ol className="flex flex-col gap-3" aria-label={t("tabs.versions")}>
              {rows.map((row) => (
                <VersionEntry
                  key={row.version}
                  of={row}
                  author={row.createdBy === null ? undefined : nameOf(row.createdBy)}
                  isNewest={row.version === dataset.latestVersion}
                  isPinned={pinned.has(row.version)}
                  isCompared={from !== undefined && version === row.version}
                  go={go}
                />
              ))}
            </ol>
          )
        }
      </Loaded>
      <MoreButton of={versions} />
    </div>
  );
}

interface VersionEntryProps extends Pick<TabProps, "go"> {
  of: DatasetVersion;
  author: string | undefined;
  isNewest: boolean;
  isPinned: boolean;
  isCompared: boolean;
}

function VersionEntry({ of, author, isNewest, isPinned, isCompared, go }: VersionEntryProps) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  return (
    <li
      aria-current={isCompared ? "true" : undefined}
      className="flex flex-wrap items-start gap-3 rounded-xl border border-line bg-surface px-4 py-3 aria-[current]:border-accent"
    >
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-semibold">{t("versionName", { version: of.version })}</span>
          {isNewest && <Badge tone="info">{t("newest")}</Badge>}
          {isPinned && <Badge tone="good">{t("pinned")}</Badge>}
          <span className="text-sm text-ink-soft">
            {t("found", { count: of.caseCount, cases: format.integer(of.caseCount) })} ·{" "}
            <time dateTime={of.createdAt} title={format.dateTime(of.createdAt)}>
              {format.ago(of.createdAt)}
            </time>
            {author !== undefined && (
              <>
                {" · "}
                <Bdi>{author}</Bdi>
              </>
            )}
          </span>
        </p>
        {of.note !== null && <ForeignText text={of.note} className="mt-1" />}
        <p className="mt-1 font-mono text-xs text-ink-soft" title={of.contentHash}>
          {of.contentHash.slice(0, 12)}
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          isSmall
          aria-label={t("openVersion", { version: of.version })}
          onClick={() =>
            go({
              tab: undefined,
              version: isNewest ? undefined : of.version,
              from: undefined,
              case: undefined,
            })
          }
        >
          {t("openCases")}
        </Button>
        {of.version > 1 && (
          <Button
            isSmall
            aria-label={t("compareVersion", { version: of.version, from: of.version - 1 })}
            onClick={() => go({ version: of.version, from: of.version - 1 })}
          >
            {t("whatChanged")}
          </Button>
        )}
      </div>
    </li>
  );
}
