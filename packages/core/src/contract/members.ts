import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { Id } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import {
  Invitation,
  InvitationDraft,
  Member,
  MemberChange,
  NewInvitation,
  NewPasswordReset,
} from "../people.ts";
import { ActorList, NamedActor } from "../prompt-editing.ts";
import { defineRoutes } from "./route.ts";

const admin = { plane: "control", audience: "tenant", touches: "tenant", scope: "admin" } as const;
const bytesMax = LIMITS.personBodyBytesMax;

export const memberRoutes = defineRoutes({
  listActors: {
    plane: "control",
    audience: "tenant",
    touches: "tenant",
    scope: "read",
    method: "GET",
    path: "/api/actors",
    summary: "Names of keys and members by what entries and moves call them (key:<id>, user:<id>)",
    query: z.strictObject({ actors: ActorList }),
    output: { kind: "json", status: 200, schema: z.object({ items: z.array(NamedActor) }) },
  },
  listMembers: {
    ...admin,
    method: "GET",
    path: "/api/members",
    summary: "People of the tenant and their roles",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Member) },
  },
  setMemberRole: {
    ...admin,
    method: "PATCH",
    path: "/api/members/{userId}",
    summary: "Give a member another role, at once; keys they made can do no more than it allows",
    params: z.object({ userId: Id }),
    body: { kind: "json", schema: MemberChange, bytesMax },
    output: { kind: "json", status: 200, schema: Member },
  },
  removeMember: {
    ...admin,
    method: "DELETE",
    path: "/api/members/{userId}",
    summary: "Remove a member, at once; keys they made stop working",
    params: z.object({ userId: Id }),
    output: { kind: "empty", status: 204 },
  },
  createPasswordReset: {
    ...admin,
    method: "PUT",
    path: "/api/members/{userId}/password-reset",
    summary:
      "Make a link that gives a member of this tenant alone a new password; it is in this answer and never again",
    params: z.object({ userId: Id }),
    output: { kind: "json", status: 201, schema: NewPasswordReset },
  },
  createInvitation: {
    ...admin,
    method: "POST",
    path: "/api/member-invitations",
    summary: "Invite somebody; the link is in this answer and never again, and nothing is sent",
    body: { kind: "json", schema: InvitationDraft, bytesMax },
    output: { kind: "json", status: 201, schema: NewInvitation },
  },
  listInvitations: {
    ...admin,
    method: "GET",
    path: "/api/member-invitations",
    summary: "Invitations of the tenant, newest first, ended ones included",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Invitation) },
  },
  revokeInvitation: {
    ...admin,
    method: "DELETE",
    path: "/api/member-invitations/{invitationId}",
    summary: "Take an open invitation back",
    params: z.object({ invitationId: Id }),
    output: { kind: "empty", status: 204 },
  },
});
