import type { Suite } from "@assay/core";
import { diffLines } from "@assay/core/plain";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Card } from "../components/card.tsx";
import { LineDiff } from "../components/line-diff.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { useFormat } from "../i18n/format.ts";
import { yamlOf } from "./yaml-of.ts";

/** Every version with what it changed, the newest first. */
export function SuiteVersions({ slug }: { slug: string }) {
  const versions = useList("listSuiteVersions", { suite: slug, limit: 20 });
  return (
    <div className="flex flex-col gap-4">
      <Loaded from={versions}>
        {(rows) => rows.map((row, at) => <Version key={row.version} suite={row} before={rows[at + 1]} />)}
      </Loaded>
      <MoreButton of={versions} />
    </div>
  );
}

function Version({ suite, before }: { suite: Suite; before: Suite | undefined }) {
  const { t } = useTranslation("suites");
  const format = useFormat();
  const lines =
    before === undefined
      ? []
      : diffLines(yamlOf(before.spec).split("\n"), yamlOf(suite.spec).split("\n")).filter(
          ({ kind }) => kind !== "same",
        );
  return (
    <Card
      title={t("versionLong", { version: suite.version })}
      actions={<span className="text-sm text-ink-soft">{format.dateTime(suite.createdAt)}</span>}
    >
      {before === undefined ? (
        <p className="text-ink-soft">{suite.version === 1 ? t("firstVersion") : t("showMoreForChanges")}</p>
      ) : (
        <LineDiff lines={lines} label={t("changes")} />
      )}
    </Card>
  );
}
