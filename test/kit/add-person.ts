import { createClient } from "@assay/client";
import type { Person, Role } from "@assay/core";
import { PASSWORD } from "./fill-tenant.ts";
import type { TestApp, TestTenant } from "./open-test-app.ts";

/** Somebody new in a tenant, by way of an invitation; logs in with PASSWORD. */
export async function addPerson(
  app: TestApp,
  { tenant, email, role }: { tenant: TestTenant; email: string; role?: Role },
): Promise<Person> {
  const { token } = await tenant.client.createInvitation({ email, role: role ?? "viewer" });
  const stranger = createClient({ baseUrl: "http://assay.test", fetch: app.fetch });
  return (await stranger.acceptInvitation({ token, name: email, password: PASSWORD })).user;
}
