import type { Case, CaseFilter, Json } from "@assay/core";

/** Does a case, given as the JSON it is kept as, pass a filter? */
export function caseMatcher({ q, tag, group }: CaseFilter): (json: string) => boolean {
  const wanted = q === undefined ? undefined : q.toLowerCase();
  // Most cases lack the text altogether: seeing that costs a tenth of reading their JSON.
  const needles = [tag, group].filter((each) => each !== undefined).map(written);
  const needle = wanted === undefined ? undefined : written(wanted);
  return (json) => {
    if (!needles.every((each) => json.includes(each))) return false;
    if (needle !== undefined && !json.toLowerCase().includes(needle)) return false;
    const found: Case = JSON.parse(json);
    if (tag !== undefined && !found.tags.includes(tag)) return false;
    if (group !== undefined && found.group !== group) return false;
    return wanted === undefined || hasText(found as unknown as Json, wanted);
  };
}

/** As it stands within JSON. */
function written(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** In values, not in the names of members, which most cases share. */
function hasText(value: Json, wanted: string): boolean {
  if (typeof value === "string") return value.toLowerCase().includes(wanted);
  if (typeof value === "number") return String(value).includes(wanted);
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some((inner) => hasText(inner, wanted));
}
