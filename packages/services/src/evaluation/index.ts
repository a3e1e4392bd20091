export { cancelRun } from "./cancel-run.ts";
export { executeNextRun } from "./execute-next-run.ts";
export { getRun } from "./get-run.ts";
export { listRunResults } from "./list-run-results.ts";
export { listRuns } from "./list-runs.ts";
export { runWorkerLoop, type WorkerLoopOptions } from "./run-worker-loop.ts";
export { startRun } from "./start-run.ts";
export { wakeWorkers } from "./wake-workers.ts";
export type { WorkerOptions } from "./worker-lease.ts";
