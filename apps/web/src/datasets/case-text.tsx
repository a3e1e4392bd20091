import type { Case } from "@assay/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { ForeignText } from "../components/foreign-text.tsx";

/** A case to be read. */
export function CaseText({ of }: { of: Case }) {
  const { t } = useTranslation("datasets");
  return (
    <div className="flex flex-col gap-5">
      {of.messages?.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is read does not move
        <Part key={index} title={`${index + 1} · ${message.role}`}>
          <ForeignText text={textOf(message.content)} />
        </Part>
      ))}
      {Object.entries(of.variables ?? {}).map(([name, value]) => (
        <Part key={name} title={name}>
          <ForeignText text={textOf(value)} />
        </Part>
      ))}
      <Part title={t("columns.expected")}>
        {of.expected === undefined ? (
          <p className="text-ink-soft">{t("nothingExpected")}</p>
        ) : (
          <ForeignText text={textOf(of.expected)} />
        )}
      </Part>
      {of.tags.length > 0 && (
        <Part title={t("columns.tags")}>
          <span className="flex flex-wrap gap-1">
            {of.tags.map((tag) => (
              <Badge key={tag}>
                <Bdi className="truncate">{tag}</Bdi>
              </Badge>
            ))}
          </span>
        </Part>
      )}
      {of.group !== undefined && (
        <Part title={t("columns.group")}>
          <ForeignText text={of.group} />
          <p className="mt-1 text-sm text-ink-soft">{t("groupText")}</p>
        </Part>
      )}
    </div>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 text-sm font-semibold text-ink-soft [overflow-wrap:anywhere]">
        <Bdi>{title}</Bdi>
      </h3>
      <div className="rounded-lg border border-line bg-canvas p-3">{children}</div>
    </section>
  );
}
