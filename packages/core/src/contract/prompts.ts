import { z } from "zod";
import { Evidence, Gate, GateDraft, Verdict } from "../gate.ts";
import { LIMITS } from "../limits.ts";
import { LabelName, Slug, VersionNumber } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import {
  AddedVersion,
  Label,
  LabelMove,
  LabelMoveRequest,
  Prompt,
  PromptDraft,
  PromptVersion,
  PromptVersionDraft,
  RollbackRequest,
} from "../prompt.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant" } as const;
const prompt = z.object({ prompt: Slug });
const promptVersion = z.object({ prompt: Slug, version: VersionNumber });
const promptLabel = z.object({ prompt: Slug, label: LabelName });
const json = <S extends z.ZodType>(schema: S) =>
  ({ kind: "json", schema, bytesMax: LIMITS.bodyBytesMax }) as const;

export const promptRoutes = defineRoutes({
  createPrompt: {
    ...tenant,
    scope: "edit",
    method: "POST",
    path: "/api/prompts",
    summary: "Name a prompt",
    body: json(PromptDraft),
    output: { kind: "json", status: 201, schema: Prompt },
  },
  listPrompts: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts",
    summary: "Prompts of the tenant",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Prompt) },
  },
  getPrompt: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}",
    summary: "One prompt",
    params: prompt,
    output: { kind: "json", status: 200, schema: Prompt },
  },
  addPromptVersion: {
    ...tenant,
    scope: "edit",
    method: "POST",
    path: "/api/prompts/{prompt}/versions",
    summary: "Add an immutable version; identical content adds none",
    params: prompt,
    body: json(PromptVersionDraft),
    output: { kind: "json", status: 201, schema: AddedVersion },
  },
  listPromptVersions: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}/versions",
    summary: "Versions of a prompt, newest first",
    params: prompt,
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(PromptVersion) },
  },
  getPromptVersion: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}/versions/{version}",
    summary: "One version",
    params: promptVersion,
    output: { kind: "json", status: 200, schema: PromptVersion },
  },
  listEvidence: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}/versions/{version}/evidence",
    summary: "Finished runs of a version, with what made any of them stale",
    params: promptVersion,
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Evidence) },
  },
  listLabels: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}/labels",
    summary: "Where each label points and how it stands",
    params: prompt,
    output: { kind: "json", status: 200, schema: z.object({ items: z.array(Label) }) },
  },
  moveLabel: {
    ...tenant,
    scope: "promote",
    method: "PUT",
    path: "/api/prompts/{prompt}/labels/{label}",
    summary: "Move a label; a protected one only on current passing evidence",
    params: promptLabel,
    body: json(LabelMoveRequest),
    output: {
      kind: "json",
      status: 200,
      schema: z.object({ moved: z.boolean(), label: Label.nullable(), verdict: Verdict.nullable() }),
    },
  },
  rollbackLabel: {
    ...tenant,
    scope: "promote",
    method: "POST",
    path: "/api/prompts/{prompt}/labels/{label}/rollback",
    summary: "Move a label back to a version that once held it; needs no evidence",
    params: promptLabel,
    body: json(RollbackRequest),
    output: { kind: "json", status: 200, schema: Label },
  },
  listLabelMoves: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}/labels/{label}/moves",
    summary: "Every move of a label, newest first",
    params: promptLabel,
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(LabelMove) },
  },
  setGate: {
    ...tenant,
    scope: "admin",
    method: "PUT",
    path: "/api/prompts/{prompt}/gates/{label}",
    summary: "Protect a label by the gate of a suite version",
    params: promptLabel,
    body: json(GateDraft),
    output: { kind: "json", status: 200, schema: Gate },
  },
  removeGate: {
    ...tenant,
    scope: "admin",
    method: "DELETE",
    path: "/api/prompts/{prompt}/gates/{label}",
    summary: "Leave a label unprotected",
    params: promptLabel,
    output: { kind: "empty", status: 204 },
  },
  listGates: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/prompts/{prompt}/gates",
    summary: "Gates of a prompt",
    params: prompt,
    output: { kind: "json", status: 200, schema: z.object({ items: z.array(Gate) }) },
  },
});
