import { z } from "zod";
import {
  AnnotationFill,
  AnnotationItem,
  AnnotationLabel,
  AnnotationLabelDraft,
  AnnotationQueue,
  AnnotationQueueDraft,
  FilledAnnotations,
  NextAnnotation,
  NextAnnotationQuery,
  QueueAgreement,
} from "../annotation.ts";
import { LIMITS } from "../limits.ts";
import { Id, Slug } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant" } as const;
const queue = z.object({ queue: Slug });
const json = <S extends z.ZodType>(schema: S) =>
  ({ kind: "json", schema, bytesMax: LIMITS.bodyBytesMax }) as const;

export const annotationRoutes = defineRoutes({
  createAnnotationQueue: {
    ...tenant,
    honoursConfinement: true,
    scope: "edit",
    method: "POST",
    path: "/api/annotation-queues",
    summary: "Make a queue in which people label outputs, to check a judge or for what people say",
    body: json(AnnotationQueueDraft),
    output: { kind: "json", status: 201, schema: AnnotationQueue },
  },
  listAnnotationQueues: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/annotation-queues",
    summary: "Annotation queues of the tenant",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(AnnotationQueue) },
  },
  getAnnotationQueue: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/annotation-queues/{queue}",
    summary: "One annotation queue",
    params: queue,
    output: { kind: "json", status: 200, schema: AnnotationQueue },
  },
  fillAnnotationQueue: {
    ...tenant,
    honoursConfinement: true,
    worksBeforeWrite: true,
    scope: "edit",
    method: "POST",
    path: "/api/annotation-queues/{queue}/items",
    summary: "Add outputs of a finished run to a queue; what is in it already is not added again",
    params: queue,
    body: json(AnnotationFill),
    output: { kind: "json", status: 200, schema: FilledAnnotations },
  },
  listAnnotationItems: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/annotation-queues/{queue}/items",
    summary: "Outputs of a queue; verdict and labels show once an output has all its labels",
    params: queue,
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(AnnotationItem) },
  },
  getNextAnnotation: {
    ...tenant,
    scope: "use",
    method: "GET",
    path: "/api/annotation-queues/{queue}/next",
    summary: "The caller's next output to label, without the judge's verdict and other people's labels",
    params: queue,
    query: NextAnnotationQuery,
    output: { kind: "json", status: 200, schema: NextAnnotation },
  },
  labelAnnotation: {
    ...tenant,
    honoursConfinement: true,
    scope: "use",
    method: "POST",
    path: "/api/annotation-queues/{queue}/items/{itemId}/labels",
    summary: "Label an output: does it pass? Nobody labels the same output twice",
    params: z.object({ queue: Slug, itemId: Id }),
    body: json(AnnotationLabelDraft),
    output: { kind: "json", status: 201, schema: AnnotationLabel },
  },
  getJudgeAgreement: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/annotation-queues/{queue}/agreement",
    summary: "What people say of the outputs, and how far each judge that the queue knows agrees with them",
    params: queue,
    output: { kind: "json", status: 200, schema: QueueAgreement },
  },
});
