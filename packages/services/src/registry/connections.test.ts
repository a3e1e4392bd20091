import { LIMITS } from "@assay/core";
import { findConnectionBySlug, listAuditRows, newId, updateConnectionRow } from "@assay/store";
import { expect, test } from "vitest";
import type { Context } from "../context.ts";
import { ALLOWED_HOST, describeEachPlatform } from "../testing/index.ts";
import { createConnection } from "./create-connection.ts";
import { createHostedModel } from "./create-hosted-model.ts";
import { listConnections } from "./list-connections.ts";
import { removeConnection } from "./remove-connection.ts";
import { updateConnection } from "./update-connection.ts";

const BASE_URL = `https://${ALLOWED_HOST}/v1`;
const SECRET = "sk-the-airlines-own";
const draft = { slug: "openai", kind: "openai", baseUrl: BASE_URL, secret: SECRET } as const;

async function storedSecret(context: Context, slug: string): Promise<string | undefined> {
  const row = await context.tenant.read((tx) => findConnectionBySlug(tx, slug));
  if (!row?.sealedSecret) return undefined;
  return context.platform.secrets.open(row.sealedSecret, [context.tenant.tenantId, row.id]);
}

describeEachPlatform("connections", (open) => {
  test("a connection is created, listed and removed, its secret stored sealed and never shown", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const created = await createConnection(airline, draft);
    expect(created).toMatchObject({ slug: "openai", kind: "openai", baseUrl: BASE_URL, hasSecret: true });
    const page = await listConnections(airline, { limit: 10 });
    expect(page).toEqual({ items: [created], nextCursor: null });
    const row = await airline.tenant.read((tx) => findConnectionBySlug(tx, "openai"));
    expect(Buffer.from(row?.sealedSecret ?? []).includes(SECRET)).toBe(false);
    const audit = await airline.tenant.read((tx) => listAuditRows(tx, { limit: 10 }));
    expect(JSON.stringify([page, audit])).not.toContain(SECRET);
    expect(await storedSecret(airline, "openai")).toBe(SECRET);
    await removeConnection(airline, { connection: "openai" });
    expect((await listConnections(airline, { limit: 10 })).items).toEqual([]);
  });

  test("another tenant's connection is as unknown as one that does not exist", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await createConnection(airline, draft);
    expect((await listConnections(bank, { limit: 10 })).items).toEqual([]);
    const refusals = await Promise.all(
      ["openai", "nowhere"].flatMap((connection) => [
        updateConnection(bank, { connection, secret: "mine" }).catch(String),
        removeConnection(bank, { connection }).catch(String),
        createHostedModel(bank, { slug: "gpt", connection, providerModel: "gpt" }).catch(String),
      ]),
    );
    expect(new Set(refusals)).toEqual(new Set(["AppError: There is no such connection."]));
    expect(await storedSecret(airline, "openai")).toBe(SECRET);
    expect(await createConnection(bank, draft)).toMatchObject({ slug: "openai" });
  });

  test("a sealed secret that was copied to another tenant's row does not open there", async () => {
    await using platform = await open();
    const { airline, bank } = await platform.twoTenants();
    await createConnection(airline, draft);
    await createConnection(bank, { ...draft, secret: "another" });
    const stolen = await airline.tenant.read((tx) => findConnectionBySlug(tx, "openai"));
    await bank.tenant.record(async (tx) => {
      const own = await findConnectionBySlug(tx, "openai");
      await updateConnectionRow(tx, own?.id ?? "", { sealedSecret: stolen?.sealedSecret ?? null });
    });
    await expect(storedSecret(bank, "openai")).rejects.toMatchObject({ code: "connection_unusable" });
  });

  test.each([
    ["another host", `https://other.${ALLOWED_HOST}/v1`],
    ["another port", `https://${ALLOWED_HOST}:8443/v1`],
    ["another scheme", `http://${ALLOWED_HOST}/v1`],
  ])("%s clears the secret, unless the same request brings a new one", async (_name, baseUrl) => {
    await using platform = await open();
    platform.platform.isHostAllowed = () => true;
    const { airline } = await platform.twoTenants();
    await createConnection(airline, draft);
    expect(await updateConnection(airline, { connection: "openai", baseUrl })).toMatchObject({
      baseUrl,
      hasSecret: false,
    });
    expect(await storedSecret(airline, "openai")).toBeUndefined();
    await updateConnection(airline, { connection: "openai", baseUrl: BASE_URL, secret: "sk-new" });
    expect(await storedSecret(airline, "openai")).toBe("sk-new");
  });

  test("what leaves the host as it is keeps the secret", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createConnection(airline, draft);
    await updateConnection(airline, { connection: "openai", baseUrl: `https://${ALLOWED_HOST}:443/v2` });
    await updateConnection(airline, { connection: "openai", apiVersion: "2024-10-21" });
    const unchanged = await updateConnection(airline, { connection: "openai" });
    expect(unchanged).toMatchObject({ apiVersion: "2024-10-21", hasSecret: true });
    expect(await updateConnection(airline, { connection: "openai", apiVersion: null })).toMatchObject({
      apiVersion: null,
    });
    expect(await storedSecret(airline, "openai")).toBe(SECRET);
  });

  test("a host that the operator has not allowed is refused, and the message says who can allow it", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const baseUrl = "http://169.254.169.254/latest";
    await expect(createConnection(airline, { ...draft, baseUrl })).rejects.toMatchObject({
      code: "host_not_allowed",
      message: expect.stringContaining("ASSAY_ALLOWED_HOSTS"),
    });
    await createConnection(airline, draft);
    await expect(updateConnection(airline, { connection: "openai", baseUrl })).rejects.toMatchObject({
      code: "host_not_allowed",
    });
    expect(await storedSecret(airline, "openai")).toBe(SECRET);
  });

  test("a name that is taken, and a connection that a model uses, are conflicts", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    await createConnection(airline, draft);
    await expect(createConnection(airline, draft)).rejects.toMatchObject({ code: "conflict" });
    await createHostedModel(airline, { slug: "gpt", connection: "openai", providerModel: "gpt-5" });
    await expect(removeConnection(airline, { connection: "openai" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("a tenant has no more connections than it may", async () => {
    await using platform = await open();
    const { airline } = await platform.twoTenants();
    const rows = Array.from({ length: LIMITS.connectionsPerTenantMax }, (_, index) => ({
      id: newId("connection"),
      slug: `c${index}`,
      kind: "openai" as const,
      baseUrl: BASE_URL,
      createdAt: new Date(),
    }));
    await airline.tenant.record((tx) => tx.insertMany(tx.tables.connections, rows));
    await expect(createConnection(airline, draft)).rejects.toMatchObject({ code: "conflict" });
  });
});
