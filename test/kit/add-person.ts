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

/** The same by an operator's invitation, as an admin: somebody whose e-mail an operator has vouched for. */
export async function addVouchedPerson(
  app: TestApp,
  { tenant, email }: { tenant: TestTenant; email: string },
): Promise<Person> {
  const { token } = await app.operator.client.inviteToTenant({ tenantId: tenant.tenant.id, email });
  const stranger = createClient({ baseUrl: "http://assay.test", fetch: app.fetch });
  return (await stranger.acceptInvitation({ token, name: email, password: PASSWORD })).user;
}
