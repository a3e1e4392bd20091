import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTenant } from "../api/use-tenant.ts";

interface PlaceLinkProps {
  /** Below the tenant: `/prompts/triage`. */
  path: string;
  search?: Record<string, string | number>;
  className?: string;
  children: ReactNode;
}

/** A link to another area's page in the same tenant. */
export function PlaceLink({ path, search = {}, className, children }: PlaceLinkProps) {
  const { slug } = useTenant();
  return (
    <Link
      to={`/t/${slug}${path}` as "/"}
      search={search as never}
      className={
        className ??
        "text-accent underline decoration-accent/40 underline-offset-2 [overflow-wrap:anywhere] hover:decoration-accent"
      }
    >
      {children}
    </Link>
  );
}
