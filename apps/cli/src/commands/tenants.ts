import { allPages, type Client } from "@assay/client";
import type { Tenant } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { FileError, UsageError } from "../cli-error.ts";
import { collect } from "../collect.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseCount } from "../parse-option.ts";
import { groupCommand, serverCommand } from "../shared-options.ts";

interface TenantsOptions extends SessionOptions, JsonOption {
  name?: string;
  yes?: boolean;
}

interface LimitsOptions extends SessionOptions, JsonOption {
  perMinute: number;
  atOnce: number;
}

const CREATE_HELP = `
Example:
  ASSAY_KEY=<operator key> assay tenants create insurer --name "The Insurer"
`;

export function buildTenants(cli: Cli): Command {
  const create = serverCommand("create <slug>")
    .description("create a tenant and its first admin key, shown this once")
    .option("--name <text>", "what people call it (default: the slug)")
    .addHelpText("after", CREATE_HELP)
    .action((slug: string, options: TenantsOptions) => createTenant(cli, slug, options));
  const key = serverCommand("key <slug>")
    .description("make an admin key for a tenant that lost its own, shown this once")
    .action((slug: string, options: TenantsOptions) => createTenantKey(cli, slug, options));
  const limits = serverCommand("limits <slug>")
    .description(
      "set the most that a key of the tenant may ask for; keys that have more are brought down to it",
    )
    .requiredOption("--per-minute <count>", "requests a minute", parseCount)
    .requiredOption("--at-once <count>", "requests at the same time", parseCount)
    .action((slug: string, options: LimitsOptions) => setTenantLimits(cli, slug, options));
  const list = serverCommand("list")
    .description("all tenants of the platform")
    .action((options: TenantsOptions) =>
      withClient(cli, options, async (client) => {
        const items = await collect(allPages((cursor) => client.listTenants({ cursor })));
        const rows = items.map(({ slug, name, id, createdAt }) => [slug, name, id, createdAt]);
        const text = () => cli.out.table(["tenant", "name", "id", "created"], rows);
        show(cli, options, { schema: "tenants", data: { items }, text });
        return EXIT_CODE.passed;
      }),
    );
  const remove = serverCommand("remove <slug>")
    .description("remove a tenant with everything it owns; there is no way back")
    .option("--yes", "yes, everything")
    .action((slug: string, options: TenantsOptions) => removeTenant(cli, slug, options));
  return groupCommand("tenants", "the platform's tenants, with the operator's key", [
    create,
    list,
    key,
    limits,
    remove,
  ]);
}

async function createTenant(cli: Cli, slug: string, options: TenantsOptions): Promise<void> {
  await withClient(cli, options, async (client) => {
    const made = await client.createTenant({ slug, name: options.name ?? slug });
    show(cli, options, {
      schema: "new-tenant",
      data: made,
      text: () => {
        cli.out.line(made.adminKey.secret);
        cli.out.note(
          `${made.tenant.slug} (${made.tenant.id}) is there. This is its admin key, shown this once.`,
        );
      },
    });
    return EXIT_CODE.passed;
  });
}

async function createTenantKey(cli: Cli, slug: string, options: TenantsOptions): Promise<void> {
  await withClient(cli, options, async (client) => {
    const tenant = await findTenant(client, slug);
    const made = await client.createTenantKey({ tenantId: tenant.id });
    show(cli, options, {
      schema: "new-key",
      data: made,
      text: () => {
        cli.out.line(made.secret);
        cli.out.note(`This is an admin key of ${slug}, shown this once.`);
      },
    });
    return EXIT_CODE.passed;
  });
}

async function setTenantLimits(cli: Cli, slug: string, options: LimitsOptions): Promise<void> {
  await withClient(cli, options, async (client) => {
    const { id: tenantId } = await findTenant(client, slug);
    const set = await client.setTenantLimits({
      tenantId,
      requestsPerMinute: options.perMinute,
      concurrentRequests: options.atOnce,
    });
    const { requestsPerMinute, concurrentRequests } = set.limits;
    const text = () =>
      cli.out.line(
        `A key of ${slug} may make ${requestsPerMinute} requests a minute and ${concurrentRequests} at a time; keys changed: ${set.changedKeys}.`,
      );
    show(cli, options, { schema: "tenant-limits", data: set, text });
    return EXIT_CODE.passed;
  });
}

async function removeTenant(cli: Cli, slug: string, options: TenantsOptions): Promise<void> {
  if (options.yes !== true)
    throw new UsageError(`This removes everything "${slug}" owns. Say --yes to do it.`);
  await withClient(cli, options, async (client) => {
    const tenant = await findTenant(client, slug);
    await client.removeTenant({ tenantId: tenant.id });
    const text = () => cli.out.line(`${slug} is removed.`);
    show(cli, options, { schema: "tenant-removed", data: { tenant }, text });
    return EXIT_CODE.passed;
  });
}

async function findTenant(client: Client, slug: string): Promise<Tenant> {
  for await (const tenant of allPages((cursor) => client.listTenants({ cursor }))) {
    if (tenant.slug === slug) return tenant;
  }
  throw new FileError(`There is no tenant "${slug}".`);
}
