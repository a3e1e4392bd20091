import type { Feedback } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MoreButton } from "../components/more-button.tsx";
import { useFormat } from "../i18n/format.ts";

/** What people thought of an answer, oldest first. */
export function FeedbackList({ traceId }: { traceId: string }) {
  const { t } = useTranslation("traces");
  const feedback = useList("listFeedback", { traceId });
  return (
    <section>
      <h3 className="mb-1.5 font-semibold">{t("feedback")}</h3>
      <Loaded from={feedback}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="text-ink-soft">{t("noFeedback")}</p>
          ) : (
            <ul className="flex flex-col gap-2">
              {rows.map((row) => (
                <Opinion key={row.id} opinion={row} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton of={feedback} />
    </section>
  );
}

function Opinion({ opinion: { score, comment, correction, createdAt } }: { opinion: Feedback }) {
  const { t } = useTranslation("traces");
  const format = useFormat();
  return (
    <li className="flex flex-col gap-1.5 rounded-lg border border-line p-3">
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-soft">
        {score !== null && (
          <Badge tone={score >= 0.5 ? "good" : "bad"}>
            {t("score")} {format.percent(score, 0)}
          </Badge>
        )}
        <time dateTime={createdAt}>{format.ago(createdAt)}</time>
      </p>
      {comment !== null && <ForeignText text={comment} />}
      {correction !== null && (
        <div>
          <p className="text-sm text-ink-soft">{t("correction")}</p>
          <ForeignText text={correction} />
        </div>
      )}
    </li>
  );
}
