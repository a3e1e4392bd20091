import type { TraceDetail } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Bdi } from "../components/bdi.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { MessageList } from "../components/message-list.tsx";
import { ToolCallList } from "../components/tool-call-list.tsx";
import { useFormat } from "../i18n/format.ts";

/** What was said, where it is kept; and why it is not, where it is not. */
export function TraceTexts({ trace: { content } }: { trace: TraceDetail }) {
  const { t } = useTranslation("traces");
  const format = useFormat();
  if (content === null) {
    return <p className="rounded-lg bg-raised px-3.5 py-2.5 text-ink-soft">{t("noTexts")}</p>;
  }
  const { variables, messages, output, toolCalls, expiresAt } = content;
  return (
    <>
      {variables !== null && Object.keys(variables).length > 0 && (
        <section>
          <h3 className="mb-1.5 font-semibold">{t("variables")}</h3>
          <dl className="flex flex-col gap-2 rounded-lg border border-line p-3">
            {Object.entries(variables).map(([name, value]) => (
              <div key={name}>
                <dt className="font-mono text-sm text-ink-soft">
                  <Bdi>{name}</Bdi>
                </dt>
                <dd>
                  <ForeignText text={typeof value === "string" ? value : JSON.stringify(value, null, 2)} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section>
        <h3 className="mb-1.5 font-semibold">{t("messages")}</h3>
        {messages.length === 0 ? (
          <p className="text-ink-soft">{t("noMessages")}</p>
        ) : (
          <MessageList messages={messages} />
        )}
      </section>
      <section>
        <h3 className="mb-1.5 font-semibold">{t("output")}</h3>
        <ForeignText text={output} className="rounded-lg border border-line p-3" />
        <ToolCallList calls={toolCalls} />
      </section>
      <p className="text-sm text-ink-soft">{t("keptUntil", { date: format.date(expiresAt) })}</p>
    </>
  );
}
