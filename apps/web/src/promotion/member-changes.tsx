import type { ContentDiff } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { showHidden } from "../i18n/show-hidden.ts";

/** Model, adapter, sampling and all else that is not text, before and after. */
export function MemberChanges({ members }: { members: ContentDiff["members"] }) {
  const { t } = useTranslation("promotion");
  return (
    <section className="overflow-x-auto" aria-label={t("diff.members")}>
      <table className="w-full text-left text-sm">
        <thead>
          <tr className="text-ink-soft">
            <th scope="col" className="py-1 pr-4 font-medium">
              {t("diff.member")}
            </th>
            <th scope="col" className="py-1 pr-4 font-medium">
              {t("diff.before")}
            </th>
            <th scope="col" className="py-1 font-medium">
              {t("diff.after")}
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map(({ member, before, after }) => (
            <tr key={member} className="border-t border-line align-top">
              <th scope="row" className="py-1.5 pr-4 font-medium">
                <Bdi>{member}</Bdi>
              </th>
              <td className="py-1.5 pr-4">
                <MemberValue value={before} />
              </td>
              <td className="py-1.5">
                <MemberValue value={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const SHOWN_CHARS = 2_000;

function MemberValue({ value }: { value: unknown }) {
  const { t } = useTranslation("promotion");
  if (value === null) return <span className="text-ink-soft">{t("diff.none")}</span>;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <code className="foreign-text block min-w-24">
      {showHidden(text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text)}
    </code>
  );
}
