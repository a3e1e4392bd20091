import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { faultsOf, fillLogin, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

const PASSWORD = "a long enough password";

describe("settings and the operator console", { timeout: 180_000 }, () => {
  let web: Web;
  beforeAll(async () => {
    web = await openWeb();
  });
  afterAll(() => web?.[Symbol.asyncDispose]());

  const listModels = (secret: string) =>
    fetch(`${web.server.url}/v1/models`, { headers: { authorization: `Bearer ${secret}` } });

  test("a key is made, shown once, works, and is refused once it is revoked", async () => {
    const page = await web.openPage({ isLoggedIn: true });
    await page.goto("/t/airline/settings/keys");
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByLabel("Name", { exact: true }).fill("chat of the browser");
    await page.getByRole("dialog").getByRole("button", { name: "Make a key" }).click();
    const secret = await page.getByLabel("The key's secret").innerText();
    expect(secret).toMatch(/^ask_/);
    expect((await listModels(secret)).status).toBe(200);
    // What the app's developer needs besides is there to be copied.
    const baseUrl = await page.getByLabel("Base URL").innerText();
    expect(baseUrl).toBe(`${web.server.url}/v1`);
    const model = await page.getByLabel("Model", { exact: true }).first().innerText();
    expect(model).toMatch(/^prompt:[a-z0-9-]+@production$/);
    const asked = await fetch(`${baseUrl}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model, messages: [] }),
    });
    // The prompt is there; at most its variables are missing.
    expect([200, 400]).toContain(asked.status);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.reload();
    await settle(page);
    expect(await page.content()).not.toContain(secret);

    const row = page.getByRole("row", { name: /chat of the browser/ });
    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await row.getByText("Revoked").waitFor();
    expect((await listModels(secret)).status).toBe(401);
    expect(faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  test("an editor is offered no keys and no console, and finds none by their addresses", async () => {
    const page = await openEditor();
    await page.goto("/t/airline");
    await settle(page);
    const places = page.getByRole("navigation", { name: "Places" });
    await places.getByRole("link", { name: "Prompts" }).waitFor();
    expect(await places.getByRole("link", { name: "Keys" }).count()).toBe(0);
    await page.goto("/t/airline/settings/keys");
    await page.getByRole("alert").waitFor();
    expect(await page.getByText("ask_").count()).toBe(0);
    await page.goto("/operator");
    await page.waitForURL(/\/t\/airline/);
    await page.context().close();
  });

  test("the operator makes a tenant, whose key opens it, and removes it by typing its name", async () => {
    const page = await web.openPage({ isLoggedIn: true });
    await page.goto("/operator");
    await page.getByRole("row", { name: /airline/ }).waitFor();
    await page.getByRole("button", { name: "Make a tenant" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name", { exact: true }).fill("Rail");
    await dialog.getByLabel("Short name").fill("rail-1");
    await dialog.getByLabel("Requests a minute").fill("60");
    await dialog.getByRole("button", { name: "Make a tenant" }).click();
    const secret = await page.getByLabel("Admin key").innerText();
    const limits = await fetch(`${web.server.url}/api/limits`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(await limits.json()).toMatchObject({ caller: { requestsPerMinute: 60 } });
    await page.getByRole("button", { name: "I have kept it" }).click();

    await page.getByRole("button", { name: "Actions for rail-1" }).click();
    await page.getByRole("menuitem", { name: "Set limits" }).click();
    expect(await dialog.getByLabel("Requests a minute").inputValue()).toBe("60");
    await dialog.getByLabel("Requests a minute").fill("90");
    await dialog.getByRole("button", { name: "Set limits" }).click();
    await page.getByRole("row", { name: /rail-1.*90 a minute/ }).waitFor();

    // The dialog came from an item of its menu, which is gone.
    const menuButton = page.getByRole("button", { name: "Actions for rail-1" });
    await menuButton.and(page.locator(":focus")).waitFor();
    await menuButton.click();
    await page.getByRole("menuitem", { name: "Remove the tenant" }).click();
    const typed = dialog.getByLabel("Type rail-1 to go on");
    const remove = dialog.getByRole("button", { name: "Remove for good" });
    await typed.fill("rail");
    await remove.click();
    await dialog.getByText("Nothing was removed").waitFor();
    expect((await listModels(secret)).status).toBe(200);
    await typed.fill("rail-1");
    await remove.click();
    // While the dialog is open no row is there for whoever asks by role.
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("row", { name: /rail-1/ }).waitFor({ state: "detached" });
    expect((await listModels(secret)).status).toBe(401);
    expect(faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  const adminKey = () => Object.entries(web.server.keys).find(([name]) => /airline/i.test(name))?.[1] ?? "";

  const post = (path: string, body: object, key?: string) =>
    fetch(`${web.server.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: web.server.url,
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
    });

  /** Somebody whom the admin invited into the airline as an editor. */
  async function openEditor(): Promise<Page> {
    const email = `${randomUUID()}@people.test`;
    const invited = await post("/api/member-invitations", { email, role: "editor" }, adminKey());
    const { token } = (await invited.json()) as { token: string };
    const accepted = await post(`/api/invitations/${token}`, { name: "Edda", password: PASSWORD });
    expect([invited.status, accepted.status, accepted.ok ? "" : await accepted.text()]).toEqual([
      201,
      200,
      "",
    ]);
    const page = await web.openPage();
    await page.goto("/login");
    await fillLogin(page, { email, password: PASSWORD });
    await page.waitForURL(/\/t\//);
    return page;
  }
});
