import type { CallInput } from "@assay/client";
import type { Case, CasesFromTraces, Redaction } from "@assay/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { clientOf } from "../api/tenant-client.ts";
import { useTenant } from "../api/use-tenant.ts";
import { Badge } from "../components/badge.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { Loaded } from "../components/loaded.tsx";
import { MessageList } from "../components/message-list.tsx";

interface CasesPreviewProps {
  dataset: string;
  draft: Omit<CallInput<"addCasesFromTraces">, "dataset" | "preview">;
  /** Told how many cases there would be. */
  onShown: (count: number) => void;
}

/** The cases as they would be stored, what was replaced in them, and what is left out and why. */
export function CasesPreview({ dataset, draft, onShown }: CasesPreviewProps) {
  const { t } = useTranslation("traces");
  const tenant = useTenant().slug;
  const preview = useQuery({
    queryKey: [tenant, "addCasesFromTraces", dataset, draft],
    queryFn: ({ signal }) =>
      clientOf(tenant).addCasesFromTraces({ dataset, ...draft, preview: true }, { signal }),
    placeholderData: (before) => before,
  });
  const count = preview.data?.cases.length ?? 0;
  useEffect(() => onShown(count), [count, onShown]);
  return (
    <section aria-live="polite">
      <h3 className="mb-1.5 font-semibold">{t("cases.preview")}</h3>
      <Loaded from={preview}>{(made) => <PreviewList made={made} />}</Loaded>
    </section>
  );
}

function PreviewList({ made: { cases, redactions, skipped } }: { made: CasesFromTraces }) {
  const { t } = useTranslation("traces");
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-soft">
        {t("cases.counted", { count: cases.length })} {t("cases.replaced", { count: redactions.length })}
      </p>
      {cases.map((each) => (
        <CasePreview
          key={each.key}
          made={each}
          redactions={redactions.filter(({ caseKey }) => caseKey === each.key)}
        />
      ))}
      {skipped.length > 0 && (
        <div>
          <p className="font-medium">{t("cases.skipped", { count: skipped.length })}</p>
          <ul className="list-disc pl-5 text-ink-soft">
            {skipped.map(({ traceId, reason }) => (
              <li key={traceId}>
                <code className="text-xs break-all">{traceId}</code>: {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function CasePreview({ made, redactions }: { made: Case; redactions: readonly Redaction[] }) {
  const { t } = useTranslation("traces");
  return (
    <article className="flex flex-col gap-2 rounded-lg border border-line p-3">
      <p className="flex flex-wrap gap-1.5">
        <code className="text-xs break-all text-ink-soft">{made.key}</code>
        {redactions.map(({ path, kind, placeholder }) => (
          <Badge key={`${path} ${placeholder}`} tone="warn">
            {t(`pii.${kind}`)} <code className="font-normal break-all">{path}</code>
          </Badge>
        ))}
      </p>
      {made.variables !== undefined && (
        <ForeignText className="font-mono text-sm" text={JSON.stringify(made.variables, null, 2)} />
      )}
      {made.messages !== undefined && <MessageList messages={made.messages} />}
      <div>
        <p className="text-sm font-medium text-ink-soft">{t("cases.expected")}</p>
        <ForeignText text={made.expected === undefined ? "–" : textOf(made.expected)} />
      </div>
    </article>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
