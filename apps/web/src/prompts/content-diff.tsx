import type { Json, PromptContent } from "@assay/core";
import { contentLines, differingMembers } from "@assay/core/plain";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { LinesBeside } from "./lines-beside.tsx";

interface ContentDiffProps {
  before: Partial<PromptContent>;
  after: Partial<PromptContent>;
}

/** Two contents beside each other: their texts, and every part that differs. */
export function ContentDiff({ before, after }: ContentDiffProps) {
  const { t } = useTranslation("prompts");
  const members = useMemo(() => memberLines({ before, after }), [before, after]);
  const [left, right] = useMemo(() => [contentLines(before), contentLines(after)], [before, after]);
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

function memberLines({ before, after }: ContentDiffProps) {
  return differingMembers(before, after).map(({ member, before: old, after: young }) => ({
    member,
    before: jsonLines(old),
    after: jsonLines(young),
  }));
}

function jsonLines(value: Json): string[] {
  if (value === null) return [];
  return typeof value === "string" ? [value] : JSON.stringify(value, null, 2).split("\n");
}
