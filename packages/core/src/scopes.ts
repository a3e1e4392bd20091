/**
 * What a key may do. `override` is break-glass: it moves a protected label without evidence, and no other scope
 * but `admin` implies it.
 */
export const SCOPES = ["read", "use", "edit", "promote", "override", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** A member's role, as the scopes it grants. */
export const ROLES = {
  viewer: ["read"],
  editor: ["read", "use", "edit"],
  promoter: ["read", "use", "promote"],
  admin: ["read", "use", "edit", "promote", "override", "admin"],
} as const satisfies Record<string, readonly Scope[]>;
export type Role = keyof typeof ROLES;

/** `admin` holds every scope of its tenant; no other scope implies another. */
export function holdsScope(held: readonly Scope[], needed: Scope): boolean {
  return held.includes("admin") || held.includes(needed);
}

/** The scopes in `asked` that a holder of `held` may not pass on. */
export function scopesBeyond(held: readonly Scope[], asked: readonly Scope[]): Scope[] {
  return asked.filter((scope) => !holdsScope(held, scope));
}
