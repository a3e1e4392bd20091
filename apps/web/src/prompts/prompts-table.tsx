import type { NamedActor, PromptSummary } from "@assay/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTenant } from "../api/use-tenant.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { LabelBadge } from "../components/label-badge.tsx";
import { Table } from "../components/table.tsx";
import { useFormat } from "../i18n/format.ts";
import { ActorName } from "./actor-name.tsx";

export function PromptsTable({ prompts }: { prompts: readonly PromptSummary[] }) {
  const { t } = useTranslation("prompts");
  return (
    <Table
      caption={t("title")}
      rows={prompts}
      rowKey={({ slug }) => slug}
      columns={[
        { key: "name", title: t("name"), cell: (prompt) => <NameCell prompt={prompt} /> },
        { key: "labels", title: t("labels"), cell: (prompt) => <LabelsCell prompt={prompt} /> },
        { key: "newest", title: t("newestVersion"), cell: (prompt) => <NewestCell prompt={prompt} /> },
      ]}
    />
  );
}

function NameCell({ prompt: { slug, description, draft } }: { prompt: PromptSummary }) {
  const { t } = useTranslation("prompts");
  const { slug: tenant } = useTenant();
  return (
    <div className="flex min-w-44 flex-col gap-0.5">
      <span className="flex flex-wrap items-center gap-2">
        <Link
          to="/t/$tenant/prompts/$prompt"
          params={{ tenant, prompt: slug }}
          className="font-semibold text-accent hover:underline [overflow-wrap:anywhere]"
        >
          {slug}
        </Link>
        {draft !== null && <Badge tone="info">{t("yourDraft")}</Badge>}
      </span>
      {description !== "" && (
        <span className="line-clamp-2 max-w-prose text-sm text-ink-soft [overflow-wrap:anywhere]">
          <Bdi>{description}</Bdi>
        </span>
      )}
    </div>
  );
}

function LabelsCell({ prompt: { labels, labelCount, newest } }: { prompt: PromptSummary }) {
  const { t } = useTranslation("prompts");
  if (labels.length === 0) {
    return <span className="text-ink-soft">{t(newest === null ? "nothingToLabel" : "noLabels")}</span>;
  }
  const hidden = labelCount - labels.length;
  return (
    <ul className="flex min-w-48 flex-col gap-1">
      {labels.map((label) => (
        <li key={label.name}>
          <LabelBadge label={label} />
        </li>
      ))}
      {hidden > 0 && <li className="text-sm text-ink-soft">{t("moreLabels", { count: hidden })}</li>}
    </ul>
  );
}

function NewestCell({ prompt: { newest } }: { prompt: PromptSummary }) {
  const { t } = useTranslation("prompts");
  const format = useFormat();
  if (newest === null) return <span className="text-ink-soft">{t("noVersion")}</span>;
  return (
    <div className="flex min-w-40 flex-col">
      <span>
        <span className="tabular font-medium">{t("version", { version: newest.version })}</span>{" "}
        <time dateTime={newest.createdAt} title={format.dateTime(newest.createdAt)} className="text-ink-soft">
          {format.ago(newest.createdAt)}
        </time>
      </span>
      <ByLine actor={newest.createdBy} />
    </div>
  );
}

function ByLine({ actor }: { actor: NamedActor | null }) {
  return (
    <span className="text-sm text-ink-soft">
      <ActorName of={actor} />
    </span>
  );
}
