export { getOverview } from "./get-overview.ts";
export { getTraffic } from "./get-traffic.ts";
export { listPromptOverviews } from "./list-prompt-overviews.ts";
