import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTenant } from "../api/use-tenant.ts";
import { useFormat } from "../i18n/format.ts";
import { type Answer, tokensPerSecond } from "./answer.ts";

/** What an answer took: each fact that is known. */
export function AnswerFacts({ answer }: { answer: Answer }) {
  const { t } = useTranslation("playground");
  const format = useFormat();
  const { slug } = useTenant();
  const { traceId, servedVersion, firstTokenMs, totalMs, end } = answer;
  const speed = tokensPerSecond(answer);
  const facts: [name: string, value: string | null][] = [
    ["firstToken", firstTokenMs === null ? null : format.duration(firstTokenMs)],
    ["total", totalMs === null ? null : format.duration(totalMs)],
    ["queueWait", end?.queueWaitMs == null ? null : format.duration(end.queueWaitMs)],
    ["tokensIn", end?.promptTokens == null ? null : format.integer(end.promptTokens)],
    ["tokensOut", end?.completionTokens == null ? null : format.integer(end.completionTokens)],
    ["speed", speed === null ? null : t("perSecond", { tokens: format.integer(speed) })],
    ["cost", end === null ? null : end.costMicros === null ? t("costUnknown") : format.cost(end.costMicros)],
    ["ended", end === null ? null : t(`reason.${end.reason}`)],
    ["served", servedVersion],
  ];
  const known = facts.filter(([, value]) => value !== null);
  if (known.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-x-3 gap-y-1.5 text-sm">
        {known.map(([name, value]) => (
          <div key={name}>
            <dt className="text-ink-soft">{t(`facts.${name}`)}</dt>
            <dd className="tabular [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      {traceId !== null && !["waiting", "streaming"].includes(answer.status) && (
        <Link
          to={`/t/${slug}/traces` as "/"}
          search={{ trace: traceId } as never}
          className="self-start text-sm text-accent underline"
        >
          {t("toTrace")}
        </Link>
      )}
    </div>
  );
}
