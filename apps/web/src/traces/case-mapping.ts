import { splitList } from "@assay/core/plain";

/** What of a trace becomes what of a case, as the dialog's fields have it. */
export interface MappingFields {
  messages: "all" | "last" | "none";
  variables: "all" | "none";
  expected: "feedback" | "correction" | "output" | "none";
  groupByVariable: string;
  /** Separated by commas. */
  tags: string;
  redact: boolean;
}

export const FIRST_MAPPING: MappingFields = {
  messages: "all",
  variables: "all",
  expected: "feedback",
  groupByVariable: "",
  tags: "",
  redact: true,
};

/** The fields as the API takes them. */
export function mappingDraft({ groupByVariable, tags, redact, ...mapping }: MappingFields) {
  const group = groupByVariable.trim();
  return {
    mapping: { ...mapping, ...(group !== "" && { groupByVariable: group }) },
    tags: [...new Set(splitList(tags, ","))],
    redact: redact ? ("all" as const) : [],
  };
}
