export { createAnnotationQueue } from "./create-annotation-queue.ts";
export { fillAnnotationQueue } from "./fill-annotation-queue.ts";
export { getAnnotationQueue } from "./get-annotation-queue.ts";
export { getJudgeAgreement } from "./get-judge-agreement.ts";
export { getNextAnnotation } from "./get-next-annotation.ts";
export { labelAnnotation } from "./label-annotation.ts";
export { listAnnotationItems } from "./list-annotation-items.ts";
export { listAnnotationQueues } from "./list-annotation-queues.ts";
