import type { Label } from "@assay/core";
import { useTranslation } from "react-i18next";
import { useList, useRead } from "../api/use-api.ts";
import { Badge } from "../components/badge.tsx";
import { Bdi } from "../components/bdi.tsx";
import { SelectField } from "../components/field.tsx";
import { onlySaid } from "../shell/search-value.ts";
import { useMay } from "../shell/use-tenant.ts";
import type { Column } from "./column.ts";
import type { ColumnContent } from "./use-column-contents.ts";

interface ColumnPickerProps {
  prompt: string;
  column: Column;
  content: ColumnContent | undefined;
  labels: readonly Label[];
  onColumn: (column: Column) => void;
}

/** Older versions than these are named in the address alone. */
const VERSIONS_SHOWN = 100;
const AS_PINNED = "";
const NO_ADAPTER = "-";

/** Which version is asked, and by which model and adapter. */
export function ColumnPicker({ prompt, column, content, labels, onColumn }: ColumnPickerProps) {
  const { t } = useTranslation("playground");
  const latest = useRead("getPrompt", { prompt }).data?.latestVersion ?? 0;
  const mayEdit = useMay("edit");
  const numbers = Array.from({ length: Math.min(latest, VERSIONS_SHOWN) }, (_, n) => String(latest - n));
  const places = [
    ...labels.map(({ name, version }) => ({ value: name, text: t("labelAt", { label: name, version }) })),
    { value: "latest", text: t("latest", { version: latest }) },
    ...numbers.map((number) => ({ value: number, text: t("version", { version: number }) })),
  ];
  const known = places.some(({ value }) => value === column.at);
  return (
    <div className="grid min-w-0 flex-1 gap-2">
      <SelectField
        label={t("asked")}
        isLabelHidden
        value={column.at}
        options={known ? places : [{ value: column.at, text: column.at }, ...places]}
        onChange={({ target }) => onColumn({ ...column, at: target.value })}
      />
      {mayEdit && column.edit === undefined && content?.content !== undefined && (
        <SwapFields column={column} model={content.content.model} onColumn={onColumn} />
      )}
      <div className="flex flex-wrap gap-1.5">
        {column.edit !== undefined && <Badge tone="warn">{t("edited")}</Badge>}
        {content?.content !== undefined && (
          <Badge>
            <Bdi className="truncate">
              {content.content.model}
              {content.content.adapter !== undefined && ` + ${content.content.adapter}`}
            </Bdi>
          </Badge>
        )}
      </div>
    </div>
  );
}

function SwapFields({
  column,
  model,
  onColumn,
}: {
  column: Column;
  /** What is asked now. */
  model: string;
  onColumn: (column: Column) => void;
}) {
  const { t } = useTranslation("playground");
  const models = useList("listModels", { limit: 200 });
  const adapters = useList("listAdapters", { limit: 200 });
  const fitting = (adapters.data ?? []).filter(({ baseModel }) => baseModel === model);
  const swap = (change: { model?: string | undefined; adapter?: string | null | undefined }) =>
    onColumn(onlySaid({ ...column, ...change }) as Column);
  return (
    <div className="grid grid-cols-2 gap-2">
      <SelectField
        label={t("model")}
        value={column.model ?? AS_PINNED}
        options={[
          { value: AS_PINNED, text: t("asPinned") },
          ...(models.data ?? []).map(({ slug }) => ({ value: slug, text: slug })),
        ]}
        // An adapter fits one model alone.
        onChange={({ target }) =>
          swap(
            target.value === AS_PINNED
              ? { model: undefined, adapter: undefined }
              : { model: target.value, adapter: null },
          )
        }
      />
      <SelectField
        label={t("adapter")}
        value={column.adapter === null ? NO_ADAPTER : (column.adapter ?? AS_PINNED)}
        options={[
          ...(column.model === undefined ? [{ value: AS_PINNED, text: t("asPinned") }] : []),
          { value: NO_ADAPTER, text: t("noAdapter") },
          ...fitting.flatMap(({ slug, latestVersion }) =>
            Array.from({ length: latestVersion ?? 0 }, (_, n) => `${slug}@${(latestVersion ?? 0) - n}`).map(
              (name) => ({ value: name, text: name }),
            ),
          ),
        ]}
        onChange={({ target }) =>
          swap({
            adapter:
              target.value === AS_PINNED ? undefined : target.value === NO_ADAPTER ? null : target.value,
          })
        }
      />
    </div>
  );
}
