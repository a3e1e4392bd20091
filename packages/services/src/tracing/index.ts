export { addCasesFromTraces } from "./add-cases-from-traces.ts";
export { createFeedback } from "./create-feedback.ts";
export { issueFeedbackToken } from "./feedback-token.ts";
export { getTrace } from "./get-trace.ts";
export { listFeedback } from "./list-feedback.ts";
export { listTraces } from "./list-traces.ts";
export { sweepTraces } from "./sweep-traces.ts";
export { getTraceSettings, setTraceSettings } from "./trace-settings.ts";
