import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { Id } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import {
  Caller,
  ConfinedKey,
  Key,
  KeyDraft,
  KeyLimits,
  NewKey,
  NewTenant,
  Tenant,
  TenantDraft,
  TenantLimitsSet,
} from "../tenant.ts";
import { TenantLimits } from "../tenant-limits.ts";
import { TenantUsage, TenantUsageQuery } from "../tenant-usage.ts";
import {
  AuditEntry,
  AuditFileQuery,
  AuditQuery,
  UsageDay,
  UsageDaysQuery,
  UsageQuery,
  UsageRow,
} from "../usage.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant" } as const;
const operator = { plane: "control", audience: "operator", scope: null, touches: "platform" } as const;

export const accessRoutes = defineRoutes({
  getCaller: {
    plane: "control",
    audience: "tenant",
    touches: "tenant",
    scope: null,
    method: "GET",
    path: "/api/me",
    summary: "Who this key is and what it may do",
    output: { kind: "json", status: 200, schema: Caller },
  },
  createKey: {
    honoursConfinement: true,
    ...tenant,
    scope: "admin",
    method: "POST",
    path: "/api/keys",
    summary:
      "Make a key; its secret is in this answer and never again, and beside it what it is confined to and is not there",
    body: { kind: "json", schema: KeyDraft, bytesMax: LIMITS.bodyBytesMax },
    output: { kind: "json", status: 201, schema: ConfinedKey },
  },
  listKeys: {
    ...tenant,
    scope: "admin",
    method: "GET",
    path: "/api/keys",
    summary: "Keys of the tenant, revoked ones included",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Key) },
  },
  revokeKey: {
    ...tenant,
    scope: "admin",
    method: "DELETE",
    path: "/api/keys/{keyId}",
    summary: "Revoke a key; it stops working within five seconds",
    params: z.object({ keyId: Id }),
    output: { kind: "empty", status: 204 },
  },
  listAudit: {
    ...tenant,
    scope: "admin",
    method: "GET",
    path: "/api/audit",
    summary: "What was changed, by whom, newest first",
    query: AuditQuery,
    output: { kind: "json", status: 200, schema: pageOf(AuditEntry) },
  },
  exportAudit: {
    ...tenant,
    scope: "admin",
    method: "GET",
    path: "/api/audit/export",
    summary: "The audit log as a CSV file for a spreadsheet, newest first",
    query: AuditFileQuery,
    output: { kind: "raw", status: 200, contentType: "text/csv" },
  },
  getLimits: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/limits",
    summary: "What you and your tenant may do at most, and how much of it is used now",
    output: { kind: "json", status: 200, schema: TenantLimits },
  },
  getUsage: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/usage",
    summary: "Requests, tokens and cost by key, version and model, of requests served and of evaluations",
    query: UsageQuery,
    output: { kind: "json", status: 200, schema: z.object({ rows: z.array(UsageRow) }) },
  },
  getUsageDays: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/usage/days",
    summary: "Served requests day by day, by prompt, key or model",
    query: UsageDaysQuery,
    output: {
      kind: "json",
      status: 200,
      schema: z.object({ days: z.array(z.iso.date()), rows: z.array(UsageDay) }),
    },
  },
  createTenant: {
    ...operator,
    method: "POST",
    path: "/api/tenants",
    summary: "Create a tenant and its first admin key",
    body: { kind: "json", schema: TenantDraft, bytesMax: LIMITS.bodyBytesMax },
    output: { kind: "json", status: 201, schema: NewTenant },
  },
  listTenants: {
    ...operator,
    method: "GET",
    path: "/api/tenants",
    summary: "All tenants of the platform",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Tenant) },
  },
  listTenantUsage: {
    ...operator,
    method: "GET",
    path: "/api/tenant-usage",
    summary:
      "Tenants in numbers over some days: requests, tokens, cost, evaluations; nothing of their content",
    query: TenantUsageQuery,
    output: { kind: "json", status: 200, schema: pageOf(TenantUsage) },
  },
  setTenantLimits: {
    ...operator,
    method: "PUT",
    path: "/api/tenants/{tenantId}/limits",
    summary: "Set the most that a key of the tenant may ask for; the answer says how many keys changed",
    params: z.object({ tenantId: Id }),
    body: { kind: "json", schema: KeyLimits, bytesMax: LIMITS.bodyBytesMax },
    output: { kind: "json", status: 200, schema: TenantLimitsSet },
  },
  removeTenant: {
    ...operator,
    method: "DELETE",
    path: "/api/tenants/{tenantId}",
    summary: "Remove a tenant with everything it owns",
    params: z.object({ tenantId: Id }),
    output: { kind: "empty", status: 204 },
  },
  createTenantKey: {
    ...operator,
    method: "POST",
    path: "/api/tenants/{tenantId}/keys",
    summary: "Make an admin key for a tenant that lost its own",
    params: z.object({ tenantId: Id }),
    output: { kind: "json", status: 201, schema: NewKey },
  },
});
