import type { Json } from "@assay/core";
import { diffLines } from "@assay/core/plain";
import clsx from "clsx";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { comparableTexts } from "./comparable-texts.ts";

/** Beyond this nobody reads a difference line by line. */
const LENGTH_MAX = 20_000;

/** An answer beside what was expected; where both are text or JSON, with the lines in which they differ. */
export function AnswerDiff({ output, expected }: { output: string; expected: Json }) {
  const { t } = useTranslation("evaluations");
  const texts = comparableTexts(output, expected);
  if (texts.output === texts.expected) {
    return (
      <>
        <p className="mb-1.5 text-sm text-good">{t("asExpected")}</p>
        <ForeignText text={output} className="rounded-lg bg-raised p-3 font-mono text-sm" />
      </>
    );
  }
  const isLong = texts.output.length + texts.expected.length > LENGTH_MAX;
  const lines = isLong ? [] : diffLines(texts.expected.split("\n"), texts.output.split("\n"));
  return (
    <div className="flex flex-col gap-2">
      {isLong ? (
        <ForeignText text={output} className="rounded-lg bg-raised p-3 font-mono text-sm" />
      ) : (
        <ol aria-label={t("differences")} className="rounded-lg bg-raised py-2 font-mono text-sm">
          {lines.map((line, index) => (
            <DiffRow
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no names and never change places
              key={index}
              {...line}
            />
          ))}
        </ol>
      )}
      <details>
        <summary className="w-fit cursor-pointer text-sm text-ink-soft">{t("bothInFull")}</summary>
        <p className="mt-1 text-sm font-medium">{t("answer")}</p>
        <ForeignText text={output} className="rounded-lg bg-raised p-3 font-mono text-sm" />
        <p className="mt-2 text-sm font-medium">{t("expected")}</p>
        <ForeignText text={texts.expected} className="rounded-lg bg-raised p-3 font-mono text-sm" />
      </details>
    </div>
  );
}

const SIGNS = { same: " ", removed: "−", added: "+" } as const;

function DiffRow({ kind, text }: { kind: keyof typeof SIGNS; text: string }) {
  const { t } = useTranslation("evaluations");
  return (
    <li
      className={clsx(
        "flex gap-2 px-3",
        kind === "removed" && "bg-warn-soft text-warn",
        kind === "added" && "bg-bad-soft text-bad",
      )}
    >
      <span aria-hidden>{SIGNS[kind]}</span>
      {kind !== "same" && <span className="sr-only">{t(`diff.${kind}`)}</span>}
      <Bdi className="foreign-text min-w-0 flex-1">{text}</Bdi>
      {kind !== "same" && (
        <span aria-hidden className="shrink-0 font-sans text-xs">
          {t(`diff.${kind}`)}
        </span>
      )}
    </li>
  );
}
