import type { CaseDiff, Dataset } from "@assay/core";
import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { Button, IconButton } from "../components/button.tsx";
import { Card } from "../components/card.tsx";
import { SelectField } from "../components/field.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MARK_TONES } from "./case-grid-row.tsx";
import type { Go } from "./page-props.ts";
import { useCountText } from "./use-count-text.ts";

const SHOWN_AT_ONCE = 25;
const OFFERED_MAX = 50;

interface VersionDiffProps {
  dataset: Dataset;
  at: { from: number; version: number };
  go: Go;
}

/** What a version has added, changed and removed since another. */
export function VersionDiff({ dataset, at, go }: VersionDiffProps) {
  const { t } = useTranslation("datasets");
  // Where each step up to this one begins: long cases make steps of fewer.
  const [begins, setBegins] = useState([0]);
  const offset = begins.at(-1) ?? 0;
  const diff = useRead("diffDatasetVersions", { dataset: dataset.slug, ...at, offset, limit: SHOWN_AT_ONCE });
  const countText = useCountText();
  const close = () => go({ from: undefined, version: undefined });
  return (
    <Card
      title={t("differences")}
      actions={
        <IconButton label={t("closeDiff")} icon={<X className="size-4" aria-hidden />} onClick={close} />
      }
    >
      <div className="flex flex-col gap-4">
        <VersionChoice {...{ dataset, at, go }} />
        <Loaded from={diff}>
          {({ items, ...counts }) => {
            const total = counts.added + counts.changed + counts.removed;
            return (
              <>
                <p className="font-semibold">{total === 0 ? t("noDifference") : countText(counts)}</p>
                <ul className="flex flex-col gap-3">
                  {items.map((each) => (
                    <DiffEntry key={each.kind + each.key} of={each} />
                  ))}
                </ul>
                <Steps
                  offset={offset}
                  shown={items.length}
                  total={total}
                  onBack={() => setBegins(begins.slice(0, -1))}
                  onNext={() => setBegins([...begins, offset + items.length])}
                />
              </>
            );
          }}
        </Loaded>
      </div>
    </Card>
  );
}

function VersionChoice({ dataset, at, go }: VersionDiffProps) {
  const { t } = useTranslation("datasets");
  const newest = dataset.latestVersion ?? 1;
  const nearby = Array.from({ length: Math.min(newest, OFFERED_MAX) }, (_, index) => newest - index);
  const options = (chosen: number) =>
    [...new Set([...nearby, chosen])].map((version) => ({
      value: String(version),
      text: t("versionName", { version }),
    }));
  return (
    <div className="flex flex-wrap gap-3">
      <SelectField
        label={t("before")}
        value={String(at.from)}
        options={options(at.from)}
        onChange={({ target }) => go({ from: Number(target.value) }, true)}
      />
      <SelectField
        label={t("after")}
        value={String(at.version)}
        options={options(at.version)}
        onChange={({ target }) => go({ version: Number(target.value) }, true)}
      />
    </div>
  );
}

function DiffEntry({ of }: { of: CaseDiff }) {
  const { t } = useTranslation("datasets");
  return (
    <li className="rounded-lg border border-line">
      <p className="flex flex-wrap items-center gap-2 px-3 py-2">
        <Badge tone={MARK_TONES[of.kind]}>{t(`marks.${of.kind}`)}</Badge>
        <Bdi className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">{of.key}</Bdi>
        {of.isShortened && <span className="text-sm text-ink-soft">{t("shortened")}</span>}
      </p>
      {of.kind === "changed" ? (
        <dl className="border-t border-line px-3 py-2">
          {of.fields.map((field) => (
            <div key={field} className="py-1">
              <dt className="text-sm font-medium text-ink-soft">{t(`fields.${field}`)}</dt>
              <dd className="grid gap-2 sm:grid-cols-2">
                <Side tone="bad" label={t("before")} value={of.before?.[field]} />
                <Side tone="good" label={t("after")} value={of.after?.[field]} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <div className="border-t border-line px-3 py-2">
          <WholeCase of={of} />
        </div>
      )}
    </li>
  );
}

function WholeCase({ of: { after, before } }: { of: CaseDiff }) {
  const { key: _, ...members } = after ?? before ?? { key: "" };
  return <ForeignText text={JSON.stringify(members, null, 2)} className="font-mono text-sm" />;
}

function Side({ tone, label, value }: { tone: "good" | "bad"; label: string; value: unknown }) {
  const { t } = useTranslation("datasets");
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <div className={tone === "good" ? "rounded-md bg-good-soft p-2" : "rounded-md bg-bad-soft p-2"}>
      <span className="sr-only">{label}: </span>
      {value === undefined ? (
        <span className="text-sm text-ink-soft">{t("nothing")}</span>
      ) : (
        <ForeignText text={text} className={typeof value === "string" ? "" : "font-mono text-sm"} />
      )}
    </div>
  );
}

interface StepsProps {
  offset: number;
  shown: number;
  total: number;
  onBack: () => void;
  onNext: () => void;
}

function Steps({ offset, shown, total, onBack, onNext }: StepsProps) {
  const { t } = useTranslation("datasets");
  const last = offset + shown;
  if (offset === 0 && last >= total) return null;
  return (
    <div className="flex items-center justify-center gap-3">
      <Button isSmall disabled={offset === 0} onClick={onBack}>
        {t("previous")}
      </Button>
      <span role="status" className="tabular text-sm">
        {t("stepOf", { first: offset + 1, last, total })}
      </span>
      <Button isSmall disabled={last >= total} onClick={onNext}>
        {t("next")}
      </Button>
    </div>
  );
}
