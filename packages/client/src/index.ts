export { allPages } from "./all-pages.ts";
export type { CallInput, CallOptions, CallOutput, ControlRouteName, FileBody } from "./call.ts";
export { ClientError, type ClientErrorCode } from "./client-error.ts";
export { type Client, type ClientOptions, createClient } from "./create-client.ts";
export { type FollowRunOptions, followRun } from "./follow-run.ts";
export { type FollowEventsOptions, followRunEvents } from "./follow-run-events.ts";
export { dataPlaneRefusalOf, refusalOf } from "./read-answer.ts";
export { readEvents } from "./read-events.ts";
