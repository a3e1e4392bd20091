export const OPERATOR_TABS = ["tenants", "models", "people"] as const;
export const OPERATOR_DAYS = ["7", "30", "90"] as const;

export interface OperatorSearch {
  tab?: (typeof OPERATOR_TABS)[number];
  /** Over how many days use is summed up. */
  days?: (typeof OPERATOR_DAYS)[number];
}
