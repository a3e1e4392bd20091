import type { ScorerInfo, ScorerUse } from "@assay/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { Dialog } from "../components/dialog.tsx";
import { TextField } from "../components/field.tsx";
import { moveItem } from "../components/move-item.ts";
import { ScorerForm } from "./scorer-form.tsx";

const KINDS = ["deterministic", "judge", "embedding", "webhook"] as const;

/** The scorers of a suite, in their order. */
export function ScorerList({
  scorers,
  onChange,
}: {
  scorers: readonly ScorerUse[];
  onChange: (scorers: ScorerUse[]) => void;
}) {
  const { t } = useTranslation("suites");
  const read = useRead("listScorers", {});
  const [isPicking, setPicking] = useState(false);
  const infoOf = new Map(read.data?.items.map((info) => [info.type, info]));
  return (
    <section aria-labelledby="scorers" className="flex flex-col gap-3">
      <h2 id="scorers" className="text-lg font-semibold">
        {t("scorers")}
      </h2>
      {scorers.map((use, at) => (
        <ScorerForm
          // biome-ignore lint/suspicious/noArrayIndexKey: a name that is being typed cannot be the key
          key={`${at} ${use.type}`}
          use={use}
          info={infoOf.get(use.type)}
          onChange={(next) => onChange(scorers.map((each, index) => (index === at ? next : each)))}
          onMove={(by) => onChange(moveItem(scorers, at, at + by))}
          onRemove={() => onChange(scorers.filter((_, index) => index !== at))}
        />
      ))}
      <div>
        <Button onClick={() => setPicking(true)}>{t("addScorer")}</Button>
      </div>
      {isPicking && (
        <ScorerPicker
          infos={read.data?.items ?? []}
          onClose={() => setPicking(false)}
          onPick={({ type }) => {
            onChange([...scorers, { type, weight: 1, options: {} }]);
            setPicking(false);
          }}
        />
      )}
    </section>
  );
}

function ScorerPicker({
  infos,
  onPick,
  onClose,
}: {
  infos: readonly ScorerInfo[];
  onPick: (info: ScorerInfo) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("suites");
  const [wanted, setWanted] = useState("");
  const fits = ({ type, title, description }: ScorerInfo) =>
    `${type} ${title} ${description}`.toLowerCase().includes(wanted.trim().toLowerCase());
  return (
    <Dialog isOpen onClose={onClose} title={t("addScorer")} description={t("addScorerText")} shape="wide">
      <TextField
        label={t("search")}
        type="search"
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
      />
      {KINDS.map((kind) => {
        const shown = infos.filter((info) => info.kind === kind && fits(info));
        if (shown.length === 0) return null;
        return (
          <section key={kind} className="mt-4">
            <h3 className="mb-1.5 font-semibold">{t(`kinds.${kind}`)}</h3>
            <ul className="grid gap-2 sm:grid-cols-2">
              {shown.map((info) => (
                <li key={info.type}>
                  <button
                    type="button"
                    lang="en"
                    onClick={() => onPick(info)}
                    className="h-full w-full rounded-lg border border-line px-3 py-2 text-left hover:bg-raised"
                  >
                    <span className="block font-medium">{info.title}</span>
                    <span className="block text-sm text-ink-soft">{info.description}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Dialog>
  );
}
