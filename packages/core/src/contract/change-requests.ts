import { z } from "zod";
import {
  ChangeApproval,
  ChangeRefusal,
  ChangeRequest,
  ChangeRequestDetails,
  ChangeRequestDraft,
  ChangeRequestQuery,
} from "../change-request.ts";
import { LIMITS } from "../limits.ts";
import { Id, Slug } from "../names.ts";
import { pageOf } from "../page.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant" } as const;
const change = z.object({ changeId: Id });
const json = <S extends z.ZodType>(schema: S) =>
  ({ kind: "json", schema, bytesMax: LIMITS.bodyBytesMax }) as const;

export const changeRequestRoutes = defineRoutes({
  proposeChange: {
    honoursConfinement: true,
    ...tenant,
    scope: "edit",
    method: "POST",
    path: "/api/prompts/{prompt}/changes",
    summary: "Propose that a label moves to a version",
    params: z.object({ prompt: Slug }),
    body: json(ChangeRequestDraft),
    output: { kind: "json", status: 201, schema: ChangeRequest },
  },
  listChanges: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/changes",
    summary: "Change requests, newest first",
    query: ChangeRequestQuery,
    output: { kind: "json", status: 200, schema: pageOf(ChangeRequest) },
  },
  getChange: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/changes/{changeId}",
    summary: "One change request with diff, evidence and what the gate says to it now",
    params: change,
    output: { kind: "json", status: 200, schema: ChangeRequestDetails },
  },
  approveChange: {
    honoursConfinement: true,
    worksBeforeWrite: true,
    ...tenant,
    scope: "promote",
    method: "POST",
    path: "/api/changes/{changeId}/approve",
    summary: "Approve a change that passes its gate; the label moves by a promotion after it",
    params: change,
    body: json(ChangeApproval),
    output: { kind: "json", status: 200, schema: ChangeRequest },
  },
  rejectChange: {
    honoursConfinement: true,
    ...tenant,
    scope: "promote",
    method: "POST",
    path: "/api/changes/{changeId}/reject",
    summary: "Reject a change, also after its approval and until it is carried out",
    params: change,
    body: json(ChangeRefusal),
    output: { kind: "json", status: 200, schema: ChangeRequest },
  },
  withdrawChange: {
    honoursConfinement: true,
    ...tenant,
    scope: "edit",
    method: "POST",
    path: "/api/changes/{changeId}/withdraw",
    summary: "Take back a change that this key proposed",
    params: change,
    body: json(ChangeRefusal),
    output: { kind: "json", status: 200, schema: ChangeRequest },
  },
});
