import type { GateChange } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { Table } from "../components/table.tsx";
import { useActorNames } from "../components/use-actor-names.ts";
import { policyWords } from "../gate/policy-words.ts";
import { useFormat } from "../i18n/format.ts";

/** Who set or removed the gate of a label, when and to what. */
export function GateChanges({ prompt, label }: { prompt: string; label: string }) {
  const { t } = useTranslation("promotion");
  const format = useFormat();
  const changes = useList("listGateChanges", { prompt, label });
  const nameOf = useActorNames((changes.data ?? []).map(({ changedBy }) => changedBy));
  if (changes.data === undefined || changes.data.length === 0) return null;
  return (
    <>
      <h2 className="font-semibold">{t("gates.history", { label })}</h2>
      <Table
        caption={t("gates.history", { label })}
        rows={changes.data}
        rowKey={({ changedAt, suiteVersion }) => `${changedAt} ${suiteVersion}`}
        columns={[
          {
            key: "when",
            title: t("history.when"),
            cell: ({ changedAt }) => <time dateTime={changedAt}>{format.dateTime(changedAt)}</time>,
          },
          { key: "what", title: t("gates.change"), cell: (change) => <ChangeCell change={change} /> },
          { key: "who", title: t("history.who"), cell: ({ changedBy }) => <Bdi>{nameOf(changedBy)}</Bdi> },
        ]}
      />
      <MoreButton of={changes} />
    </>
  );
}

function ChangeCell({ change }: { change: GateChange }) {
  const { t } = useTranslation("promotion");
  const words = { t: useTranslation("gate").t, format: useFormat() };
  if (change.change === "removed") return <Badge tone="warn">{t("gates.removed")}</Badge>;
  return (
    <>
      <span className="[overflow-wrap:anywhere]">
        {change.suite !== null && t("gates.suite", { suite: change.suite, version: change.suiteVersion })}
        {change.dataset !== null &&
          ` · ${t("gates.dataset", { dataset: change.dataset, version: change.datasetVersion })}`}
      </span>
      {change.policy !== null && (
        <details className="text-sm text-ink-soft">
          <summary className="w-fit cursor-pointer">{t("gates.policyThen")}</summary>
          <ul className="list-disc pl-5">
            {policyWords(change.policy, words).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
