import type { ContentDiff } from "@assay/core";
import { useTranslation } from "react-i18next";
import { type DiffPart, foldDiff } from "./fold-diff.ts";
import { MemberChanges } from "./member-changes.tsx";

const LOOKS = {
  same: { sign: " ", look: "" },
  removed: { sign: "−", look: "bg-bad-soft text-bad" },
  added: { sign: "+", look: "bg-good-soft text-good" },
} as const;

/** How two versions differ: their text line by line, everything else member by member. */
export function DiffView({ diff }: { diff: ContentDiff }) {
  const { t } = useTranslation("promotion");
  const isTextSame = diff.messages.every(({ kind }) => kind === "same");
  if (isTextSame && diff.members.length === 0) return <p className="text-ink-soft">{t("diff.same")}</p>;
  return (
    <div className="flex flex-col gap-4">
      {isTextSame ? (
        <p className="text-ink-soft">{t("diff.sameText")}</p>
      ) : (
        <section
          aria-label={t("diff.text")}
          className="max-h-[28rem] overflow-auto rounded-lg border border-line font-mono text-sm"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
        >
          {foldDiff(diff.messages).map((part) => (
            <DiffRow key={part.key} part={part} />
          ))}
        </section>
      )}
      {diff.members.length > 0 && <MemberChanges members={diff.members} />}
    </div>
  );
}

function DiffRow({ part }: { part: DiffPart }) {
  const { t } = useTranslation("promotion");
  if (part.kind === "folded") {
    return (
      <p className="bg-raised px-3 py-0.5 font-sans text-ink-soft">
        {t("diff.folded", { count: part.count })}
      </p>
    );
  }
  const { sign, look } = LOOKS[part.kind];
  return (
    <div className={`flex gap-2 px-3 py-0.5 ${look}`}>
      <span aria-hidden className="select-none">
        {sign}
      </span>
      {part.kind !== "same" && <span className="sr-only">{t(`diff.${part.kind}`)}</span>}
      <bdi className="foreign-text min-w-0 flex-1">{part.text}</bdi>
    </div>
  );
}
