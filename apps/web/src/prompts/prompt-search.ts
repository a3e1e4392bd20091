export const PROMPT_TABS = ["edit", "versions", "use"] as const;
export type PromptTab = (typeof PROMPT_TABS)[number];
export const TRAFFIC_DAYS = [7, 30, 90] as const;
