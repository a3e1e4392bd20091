import type { CaseOrder } from "@assay/core";
import { onlySaid, searchChoice } from "../shell/search-value.ts";

export const DATASET_TABS = ["cases", "versions", "usage"] as const;
export type DatasetTab = (typeof DATASET_TABS)[number];

const ORDERS: readonly CaseOrder[] = ["dataset", "key", "group"];
const TEXT_LENGTH_MAX = 200;
const VERSION_MAX = 2_147_483_647;

/** What the address of a dataset's page says beside its name. */
export interface DatasetSearch {
  tab?: DatasetTab;
  /** The newest where it is left out. */
  version?: number;
  q?: string;
  tag?: string;
  group?: string;
  order?: CaseOrder;
  /** Key of the case that is open. */
  case?: string;
  /** The version that another is compared with. */
  from?: number;
}

/** Keeps what can be understood of an address, and forgets the rest. */
export function readDatasetSearch(search: Record<string, unknown>): DatasetSearch {
  return onlySaid({
    tab: searchChoice(search.tab, DATASET_TABS),
    version: versionOf(search.version),
    q: textOf(search.q),
    tag: textOf(search.tag),
    group: textOf(search.group),
    order: searchChoice(search.order, ORDERS),
    case: textOf(search.case),
    from: versionOf(search.from),
  });
}

/** A tag called "7" comes out of an address as a number. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  return typeof text === "string" && text !== "" && text.length <= TEXT_LENGTH_MAX ? text : undefined;
}

function versionOf(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 && number <= VERSION_MAX ? number : undefined;
}
