import type { CaseOrder } from "@assay/core";
import { Plus, X } from "lucide-react";
import { memo, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRead } from "../api/use-api.ts";
import { Button } from "../components/button.tsx";
import { SelectField, TextField } from "../components/field.tsx";
import { useFormat } from "../i18n/format.ts";
import type { Go, TabProps } from "./page-props.ts";
import type { WantedCases } from "./use-case-rows.ts";

/** How long the typing must rest before it is searched for. */
const REST_MS = 250;
const ORDERS: readonly CaseOrder[] = ["dataset", "key", "group"];

interface CaseFiltersProps extends Pick<TabProps, "dataset" | "go"> {
  wanted: WantedCases;
  version: number | null;
  count: number;
  isBusy: boolean;
  onAdd: (() => void) | undefined;
}

export const CaseFilters = memo(function CaseFilters(props: CaseFiltersProps) {
  const { dataset, version, wanted, go, count, isBusy, onAdd } = props;
  const { t } = useTranslation("datasets");
  const format = useFormat();
  const isFiltered = [wanted.q, wanted.tag, wanted.group].some((each) => each !== undefined);
  return (
    <div className="flex flex-wrap items-end gap-2">
      <SearchField q={wanted.q ?? ""} onSearch={(q) => go({ q: q === "" ? undefined : q }, true)} />
      <FacetFields dataset={dataset.slug} {...{ version, go }} tag={wanted.tag} group={wanted.group} />
      <SelectField
        label={t("order")}
        value={wanted.order}
        onChange={({ target }) =>
          go({ order: target.value === "dataset" ? undefined : (target.value as CaseOrder) }, true)
        }
        options={ORDERS.map((order) => ({ value: order, text: t(`orders.${order}`) }))}
      />
      {isFiltered && (
        <Button
          look="quiet"
          className="mb-1"
          icon={<X className="size-4" aria-hidden />}
          onClick={() => go({ q: undefined, tag: undefined, group: undefined }, true)}
        >
          {t("clearFilters")}
        </Button>
      )}
      <p
        role="status"
        className="mb-1 h-9.5 flex-1 content-center text-right text-sm whitespace-nowrap text-ink-soft tabular"
      >
        {isBusy ? t("searching") : t("found", { count, cases: format.integer(count) })}
      </p>
      {onAdd !== undefined && (
        <Button className="mb-1" icon={<Plus className="size-4" aria-hidden />} onClick={onAdd}>
          {t("addCase")}
        </Button>
      )}
    </div>
  );
});

/** Follows the address when that changes by itself, and leads it when somebody types. */
function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const { t } = useTranslation("datasets");
  const [text, setText] = useState(q);
  const sent = useRef(q);
  useEffect(() => {
    if (q !== sent.current) setText(q);
    sent.current = q;
  }, [q]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onSearch(text);
    }, REST_MS);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      label={t("search")}
      type="search"
      maxLength={200}
      value={text}
      placeholder={t("searchHint")}
      onChange={({ target }) => setText(target.value)}
      className="min-w-44 flex-2 basis-44"
    />
  );
}

interface FacetFieldsProps {
  dataset: string;
  version: number | null;
  tag: string | undefined;
  group: string | undefined;
  go: Go;
}

/** Hundreds of choices, drawn again only when they are others. */
const FacetFields = memo(function FacetFields({ dataset, version, tag, group, go }: FacetFieldsProps) {
  const at = { dataset, version: version ?? 1 };
  const { data } = useRead("getCaseFacets", at, { isEnabled: version !== null });
  return (
    <>
      <FacetField name="tag" chosen={tag} found={data?.tags ?? []} go={go} />
      <FacetField name="group" chosen={group} found={data?.groups ?? []} go={go} />
    </>
  );
});

interface FacetFieldProps {
  name: "tag" | "group";
  chosen: string | undefined;
  found: { name: string; cases: number }[];
  go: Go;
}

/** Hundreds of choices, which are drawn for whom comes to the field: until then every change of the page passes them. */
function FacetField({ name, chosen, found, go }: FacetFieldProps) {
  const { t } = useTranslation("datasets");
  const format = useFormat();
  const [isNear, setNear] = useState(false);
  const isListed = chosen === undefined || found.some((each) => each.name === chosen);
  const listed = isListed ? found : [{ name: chosen, cases: 0 }, ...found];
  if (listed.length === 0) return null;
  const come = () => setNear(true);
  return (
    <SelectField
      label={t(name)}
      className="w-44"
      value={chosen === undefined ? "" : `=${chosen}`}
      onFocus={come}
      onPointerEnter={come}
      onChange={({ target }) => go({ [name]: target.value === "" ? undefined : target.value.slice(1) }, true)}
      options={[
        { value: "", text: t("any") },
        ...listed
          .filter((each) => isNear || each.name === chosen)
          .map((each) => ({
            value: `=${each.name}`,
            text: each.cases === 0 ? each.name : `${each.name} (${format.integer(each.cases)})`,
          })),
      ]}
    />
  );
}
