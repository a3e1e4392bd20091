import { z } from "zod";
import { PageQuery } from "./page.ts";
import { KeyLimits, Tenant } from "./tenant.ts";

/** Each tenant of a page is summed up by itself, so that pages are short. */
const TENANTS_PER_PAGE_MAX = 25;

export const TenantUsageQuery = PageQuery.extend({
  limit: z.coerce.number().int().min(1).max(TENANTS_PER_PAGE_MAX).default(TENANTS_PER_PAGE_MAX),
  /** Counted back from now. */
  days: z.coerce.number().int().min(1).max(92).default(30),
});
export type TenantUsageQuery = z.infer<typeof TenantUsageQuery>;

/** Cost is null as soon as one request's price was unknown; the count says how many. */
export const UsageSum = z.object({
  requests: z.number().int(),
  failedRequests: z.number().int(),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  costMicros: z.number().int().nullable(),
  unpricedRequests: z.number().int(),
});
export type UsageSum = z.infer<typeof UsageSum>;

/** A tenant in numbers, for the operator: how much of everything, and nothing of what it is. */
export const TenantUsage = z.object({
  tenant: Tenant,
  /** The most that any key of the tenant can be given; null for a tenant without a first key. */
  limits: KeyLimits.nullable(),
  members: z.number().int(),
  keys: z.number().int(),
  fileBytes: z.number().int(),
  /** What apps asked for. */
  served: UsageSum,
  /** What people tried out. */
  playground: UsageSum,
  /** What evaluations asked for, without the answers they reused. */
  evaluations: UsageSum.extend({ runs: z.number().int() }),
});
export type TenantUsage = z.infer<typeof TenantUsage>;
