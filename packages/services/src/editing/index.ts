export { checkPrompt } from "./check-prompt.ts";
export { getPromptDraft } from "./get-prompt-draft.ts";
export { getPromptTraffic } from "./get-prompt-traffic.ts";
export { listPromptSummaries } from "./list-prompt-summaries.ts";
export { listPromptTimeline } from "./list-prompt-timeline.ts";
export { putPromptDraft } from "./put-prompt-draft.ts";
export { removePromptDraft } from "./remove-prompt-draft.ts";
