import { z } from "zod";
import { LIMITS } from "../limits.ts";
import { Id } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import {
  InvitationAcceptance,
  InvitationOffer,
  InvitationToken,
  LoginDraft,
  PasswordChange,
  PasswordResetOffer,
  PasswordResetToken,
  PasswordResetUse,
  SessionRow,
  SessionView,
} from "../people.ts";
import { defineRoutes } from "./route.ts";

const stranger = { plane: "control", audience: "public", scope: null, touches: "platform" } as const;
const person = { plane: "control", audience: "person", scope: null, touches: "platform" } as const;
const bytesMax = LIMITS.personBodyBytesMax;

export const peopleRoutes = defineRoutes({
  login: {
    ...stranger,
    opensSession: true,
    method: "POST",
    path: "/api/login",
    summary: "Log in with e-mail and password; the answer sets the session's cookie",
    body: { kind: "json", schema: LoginDraft, bytesMax },
    output: { kind: "json", status: 200, schema: SessionView },
  },
  logout: {
    ...person,
    method: "POST",
    path: "/api/logout",
    summary: "End this session",
    output: { kind: "empty", status: 204 },
  },
  getSession: {
    ...person,
    method: "GET",
    path: "/api/session",
    summary: "Who has logged in, and the tenants that are open to them",
    output: { kind: "json", status: 200, schema: SessionView },
  },
  listSessions: {
    ...person,
    method: "GET",
    path: "/api/sessions",
    summary: "Your own live sessions, newest first",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(SessionRow) },
  },
  revokeSession: {
    ...person,
    method: "DELETE",
    path: "/api/sessions/{sessionId}",
    summary: "End one of your own sessions",
    params: z.object({ sessionId: Id }),
    output: { kind: "empty", status: 204 },
  },
  revokeOtherSessions: {
    ...person,
    method: "DELETE",
    path: "/api/sessions",
    summary: "End all of your own sessions but this one",
    output: { kind: "empty", status: 204 },
  },
  changePassword: {
    ...person,
    method: "POST",
    path: "/api/password",
    summary: "Change your password; ends your other sessions",
    body: { kind: "json", schema: PasswordChange, bytesMax },
    output: { kind: "empty", status: 204 },
  },
  getInvitation: {
    ...stranger,
    method: "GET",
    path: "/api/invitations/{token}",
    summary: "What an invitation's link offers",
    params: z.object({ token: InvitationToken }),
    output: { kind: "json", status: 200, schema: InvitationOffer },
  },
  acceptInvitation: {
    ...stranger,
    opensSession: true,
    method: "POST",
    path: "/api/invitations/{token}",
    summary: "Accept an invitation: with name and password, or as the person who is logged in",
    params: z.object({ token: InvitationToken }),
    body: { kind: "json", schema: InvitationAcceptance, bytesMax },
    output: { kind: "json", status: 200, schema: SessionView },
  },
  getPasswordReset: {
    ...stranger,
    method: "GET",
    path: "/api/password-resets/{resetToken}",
    summary: "Whose password a reset's link gives anew",
    params: z.object({ resetToken: PasswordResetToken }),
    output: { kind: "json", status: 200, schema: PasswordResetOffer },
  },
  acceptPasswordReset: {
    ...stranger,
    method: "POST",
    path: "/api/password-resets/{resetToken}",
    summary: "Set a new password by a reset's link, once; ends all sessions of the person",
    params: z.object({ resetToken: PasswordResetToken }),
    body: { kind: "json", schema: PasswordResetUse, bytesMax },
    output: { kind: "empty", status: 204 },
  },
});
