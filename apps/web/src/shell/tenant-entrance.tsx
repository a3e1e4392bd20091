import { Outlet } from "@tanstack/react-router";
import { lazy } from "react";
import { useTenant } from "../api/use-tenant.ts";

const NeedsSso = lazy(async () => ({ default: (await import("../login/needs-sso.tsx")).NeedsSso }));

/** The tenant's pages; or, where it wants its own sign-in and this session did not come that way, the way there. */
export function TenantEntrance() {
  const tenant = useTenant();
  return tenant.needsSso ? <NeedsSso tenant={tenant} /> : <Outlet />;
}
