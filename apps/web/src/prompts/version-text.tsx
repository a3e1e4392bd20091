import type { PromptVersion } from "@assay/core";
import { useTranslation } from "react-i18next";
import { Card } from "../components/card.tsx";
import { ForeignText } from "../components/foreign-text.tsx";

/** A version to read. */
export function VersionText({ version: { content, version } }: { version: PromptVersion }) {
  const { t } = useTranslation("prompts");
  const { messages, model, adapter, sampling } = content;
  return (
    <Card title={t("version", { version })}>
      <p className="mb-3 text-ink-soft">{t("mayNotEdit")}</p>
      <ol className="flex flex-col gap-2">
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a version never changes
          <li key={index} className="rounded-lg border border-line p-3">
            <p className="mb-1 text-sm font-semibold text-ink-soft">
              {"role" in message ? t(`roles.${message.role}`) : t("history.title")}
            </p>
            {"role" in message ? <ForeignText text={message.content} /> : <p>{t("history.text")}</p>}
          </li>
        ))}
      </ol>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <dt className="text-ink-soft">{t("model.model")}</dt>
        <dd>{model}</dd>
        <dt className="text-ink-soft">{t("model.adapter")}</dt>
        <dd>{adapter ?? t("model.noAdapter")}</dd>
        <dt className="text-ink-soft">{t("model.sampling")}</dt>
        <dd>
          <code className="[overflow-wrap:anywhere]">{JSON.stringify(sampling)}</code>
        </dd>
      </dl>
    </Card>
  );
}
