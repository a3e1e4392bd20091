import type { ContentDiff } from "@assay/core";
import { useTranslation } from "react-i18next";
import { LineDiff } from "../components/line-diff.tsx";
import { foldDiff } from "./fold-diff.ts";
import { MemberChanges } from "./member-changes.tsx";

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
          className="max-h-[28rem] overflow-auto rounded-lg"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
        >
          <LineDiff lines={foldDiff(diff.messages)} label={t("diff.lines")} />
        </section>
      )}
      {diff.members.length > 0 && <MemberChanges members={diff.members} />}
    </div>
  );
}
