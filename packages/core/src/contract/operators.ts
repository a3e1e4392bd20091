import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { Id } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import {
  NewInvitation,
  NewPasswordReset,
  OperatorDraft,
  PasswordResetDraft,
  Person,
  TenantInvitationDraft,
} from "../people.ts";
import { defineRoutes } from "./route.ts";

const operator = { plane: "control", audience: "operator", scope: null, touches: "platform" } as const;
const bytesMax = LIMITS.personBodyBytesMax;

export const operatorRoutes = defineRoutes({
  listOperators: {
    ...operator,
    method: "GET",
    path: "/api/operators",
    summary: "People who are operators",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Person) },
  },
  addOperator: {
    ...operator,
    method: "POST",
    path: "/api/operators",
    summary: "Make somebody who has an account an operator",
    body: { kind: "json", schema: OperatorDraft, bytesMax },
    output: { kind: "json", status: 201, schema: Person },
  },
  removeOperator: {
    ...operator,
    method: "DELETE",
    path: "/api/operators/{userId}",
    summary: "Make somebody no operator any more; the account stays",
    params: z.object({ userId: Id }),
    output: { kind: "empty", status: 204 },
  },
  inviteToTenant: {
    ...operator,
    method: "POST",
    path: "/api/tenants/{tenantId}/invitations",
    summary: "Invite an admin into a tenant, as its first one or because the others are gone",
    params: z.object({ tenantId: Id }),
    body: { kind: "json", schema: TenantInvitationDraft, bytesMax },
    output: { kind: "json", status: 201, schema: NewInvitation },
  },
  createPasswordResetByEmail: {
    ...operator,
    method: "POST",
    path: "/api/password-resets",
    summary: "Make a link that gives anybody a new password; it is in this answer and never again",
    body: { kind: "json", schema: PasswordResetDraft, bytesMax },
    output: { kind: "json", status: 201, schema: NewPasswordReset },
  },
});
