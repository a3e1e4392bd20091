export const CHANGE_FILTERS = ["open", "approved", "carried_out", "rejected", "withdrawn", "all"] as const;
