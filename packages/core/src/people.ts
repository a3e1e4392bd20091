import { z } from "zod";
import { LIMITS } from "./limits.ts";
import { Id, Slug, Timestamp } from "./names.ts";
import { Role, Scope } from "./scope-schemas.ts";

/** Compared and kept in lower case. */
export const EmailAddress = z
  .email("is not an e-mail address")
  .max(LIMITS.emailLengthMax)
  .transform((text) => text.toLowerCase());

export const PersonName = z.string().trim().min(1).max(LIMITS.nameLengthMax);

/** Long beats odd: no rules but a length. What is typed to log in is bounded and otherwise taken as it is. */
const NewPassword = z.string().min(LIMITS.passwordLengthMin).max(LIMITS.passwordLengthMax);
const TypedPassword = z.string().min(1).max(LIMITS.passwordLengthMax);

export const LoginDraft = z.strictObject({ email: EmailAddress, password: TypedPassword });
export type LoginDraft = z.infer<typeof LoginDraft>;

/** A person, as anybody may see it who may see it at all. */
export const Person = z.object({ id: Id, email: z.string(), name: z.string() });
export type Person = z.infer<typeof Person>;

/** A tenant that a person is a member of. */
export const MembershipView = z.object({
  id: Id,
  slug: Slug,
  name: z.string(),
  role: Role,
  scopes: z.array(Scope),
  /** The tenant lets people in by its identity provider alone, and this session did not come that way. */
  needsSso: z.boolean(),
});
export type MembershipView = z.infer<typeof MembershipView>;

/** Who has logged in, and where that leads. */
export const SessionView = z.object({
  user: Person.extend({
    /** May open the operator's routes with this session. */
    isOperator: z.boolean(),
  }),
  tenants: z.array(MembershipView),
  expiresAt: Timestamp,
});
export type SessionView = z.infer<typeof SessionView>;

/** One of a person's own sessions. */
export const SessionRow = z.object({
  id: Id,
  isCurrent: z.boolean(),
  /** Slug of the tenant whose identity provider opened it; null for a password. */
  via: Slug.nullable(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
});
export type SessionRow = z.infer<typeof SessionRow>;

export const PasswordChange = z.strictObject({ currentPassword: TypedPassword, newPassword: NewPassword });
export type PasswordChange = z.infer<typeof PasswordChange>;

export const Member = z.object({ user: Person, role: Role, createdAt: Timestamp });
export type Member = z.infer<typeof Member>;

export const MemberChange = z.strictObject({ role: Role });

export const InvitationDraft = z.strictObject({ email: EmailAddress, role: Role });
export type InvitationDraft = z.infer<typeof InvitationDraft>;

/** The operator invites admins alone: everybody else is invited by them. */
export const TenantInvitationDraft = z.strictObject({ email: EmailAddress });

/** Names somebody who has an account already. */
export const OperatorDraft = z.strictObject({ email: EmailAddress });

/** An invitation as it can be read back: never its token. */
export const Invitation = z.object({
  id: Id,
  email: z.string(),
  role: Role,
  invitedBy: z.string(),
  status: z.enum(["open", "accepted", "revoked", "expired"]),
  expiresAt: Timestamp,
  createdAt: Timestamp,
});
export type Invitation = z.infer<typeof Invitation>;

/** The answer to inviting somebody: the only time that `token` and the link with it are shown. */
export const NewInvitation = z.object({ invitation: Invitation, token: z.string(), link: z.string() });
export type NewInvitation = z.infer<typeof NewInvitation>;

export const InvitationToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "is not an invitation's token");

/** What the holder of an invitation's link may know before accepting. */
export const InvitationOffer = z.object({
  tenant: z.object({ slug: Slug, name: z.string() }),
  email: z.string(),
  role: Role,
  expiresAt: Timestamp,
  /** There is an account with this e-mail: log in with it and accept, instead of setting a password. */
  hasAccount: z.boolean(),
});
export type InvitationOffer = z.infer<typeof InvitationOffer>;

/** Name and password make a new account; somebody who is logged in sends neither. */
export const InvitationAcceptance = z
  .strictObject({ name: PersonName.optional(), password: NewPassword.optional() })
  .refine((draft) => (draft.name === undefined) === (draft.password === undefined), {
    error: "give name and password, or neither when logged in",
    path: ["password"],
  });
export type InvitationAcceptance = z.infer<typeof InvitationAcceptance>;

/** The answer to making a reset: the only time that `token` and the link with it are shown. */
export const NewPasswordReset = z.object({ token: z.string(), link: z.string(), expiresAt: Timestamp });
export type NewPasswordReset = z.infer<typeof NewPasswordReset>;

/** Whose it is, and what proves it. */
export const PasswordResetToken = z
  .string()
  .regex(/^usr_[0-9a-f]{32}\.[A-Za-z0-9_-]{43}$/, "is not a password reset's token");

/** What the holder of a reset's link may know before using it. */
export const PasswordResetOffer = z.object({ email: z.string(), expiresAt: Timestamp });
export type PasswordResetOffer = z.infer<typeof PasswordResetOffer>;

export const PasswordResetUse = z.strictObject({ password: NewPassword });

/** Names somebody who logs in with a password. */
export const PasswordResetDraft = z.strictObject({ email: EmailAddress });
