import clsx from "clsx";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { showHidden } from "../i18n/show-hidden.ts";
import { type ComparedRow, type Piece, sideBySide } from "./side-by-side.ts";

/** More rows at once make the page slow; the rest is shown when it is asked for. */
const ROWS_MAX = 400;

/** Two texts beside each other, under each other on a narrow screen. What differs is marked by sign and colour. */
export function LinesBeside({
  label,
  before,
  after,
}: {
  label: string;
  before: readonly string[];
  after: readonly string[];
}) {
  const { t } = useTranslation("prompts");
  const [isWhole, setWhole] = useState(false);
  const rows = useMemo(() => sideBySide(before, after), [before, after]);
  if (rows.every(({ isSame }) => isSame)) return <p className="text-sm text-ink-soft">{t("diff.same")}</p>;
  const shown = isWhole ? rows : rows.slice(0, ROWS_MAX);
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border border-line">
      <table className="w-full table-fixed border-collapse font-mono text-sm">
        <caption className="sr-only">{label}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("diff.before")}</th>
            <th scope="col">{t("diff.after")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of two fixed texts
            <Row key={index} row={row} />
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <Button isSmall look="quiet" onClick={() => setWhole(true)}>
          {t("diff.showAll", { count: rows.length })}
        </Button>
      )}
    </div>
  );
}

function Row({ row: { left, right, isSame } }: { row: ComparedRow }) {
  return (
    <tr className="max-sm:flex max-sm:flex-col">
      <Side pieces={left} kind={isSame ? "same" : "removed"} />
      <Side pieces={right} kind={isSame ? "same" : "added"} isTwin={isSame} />
    </tr>
  );
}

const SIDES = {
  same: { cell: "", mark: "", sign: " " },
  removed: { cell: "bg-bad-soft text-bad", mark: "bg-bad/20 font-semibold", sign: "−" },
  added: { cell: "bg-good-soft text-good", mark: "bg-good/20 font-semibold", sign: "+" },
} as const;

interface SideProps {
  pieces: Piece[] | null;
  kind: keyof typeof SIDES;
  /** The same line as on the other side: once is enough where they stand under each other. */
  isTwin?: boolean;
}

function Side({ pieces, kind, isTwin = false }: SideProps) {
  const { t } = useTranslation("prompts");
  const { cell, mark, sign } = SIDES[kind];
  if (pieces === null) return <td className="w-1/2 bg-raised/60 max-sm:hidden" />;
  return (
    <td className={clsx("w-1/2 px-2 py-0.5 align-top max-sm:w-full", cell, isTwin && "max-sm:hidden")}>
      <span className="flex gap-2">
        <span aria-hidden className="select-none">
          {sign}
        </span>
        {kind !== "same" && <span className="sr-only">{t(`diff.${kind}`)}</span>}
        <span className="foreign-text min-w-0 flex-1" dir="auto">
          {pieces.map(({ text, isMarked }, index) =>
            isMarked ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed line
              <mark key={index} className={clsx("rounded-sm text-inherit", mark)}>
                {showHidden(text)}
              </mark>
            ) : (
              showHidden(text)
            ),
          )}
        </span>
      </span>
    </td>
  );
}
