import type { Scope } from "@assay/core";
import { useParams } from "@tanstack/react-router";
import { useSession } from "./session.ts";

/** The tenant that the page's address names, as the person's own membership in it. */
export function useTenant() {
  const { tenant: slug } = useParams({ strict: false });
  const tenant = useSession().tenants.find((each) => each.slug === slug);
  if (tenant === undefined) throw new Error("This page belongs to a tenant.");
  return tenant;
}

/**
 * May the person do this here? It only decides what is offered: the server refuses on its own.
 */
export function useMay(scope: Scope): boolean {
  const { scopes } = useTenant();
  return scopes.includes("admin") || scopes.includes(scope);
}
