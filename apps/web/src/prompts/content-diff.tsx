import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { memberDiffs, textLines } from "./diff-texts.ts";
import { LinesBeside } from "./lines-beside.tsx";

interface ContentDiffProps {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** Two contents beside each other: their texts, and every part that differs. */
export function ContentDiff({ before, after }: ContentDiffProps) {
  const { t } = useTranslation("prompts");
  const members = useMemo(() => memberDiffs(before, after), [before, after]);
  const [left, right] = useMemo(() => [textLines(before), textLines(after)], [before, after]);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <section className="flex min-w-0 flex-col gap-1.5">
        <h3 className="font-medium">{t("diff.texts")}</h3>
        <LinesBeside label={t("diff.texts")} before={left} after={right} />
      </section>
      {members.map(({ member, before: old, after: young }) => (
        <section key={member} className="flex min-w-0 flex-col gap-1.5">
          <h3 className="font-medium">{t(`diff.members.${member}`, { defaultValue: member })}</h3>
          <LinesBeside
            label={t(`diff.members.${member}`, { defaultValue: member })}
            before={old}
            after={young}
          />
        </section>
      ))}
      {members.length === 0 && <p className="text-sm text-ink-soft">{t("diff.nothingElse")}</p>}
    </div>
  );
}
