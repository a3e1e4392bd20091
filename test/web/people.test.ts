import { createClient } from "@assay/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type IdentityProviderServer, startIdentityProvider } from "../kit/start-identity-provider.ts";
import { faultsOf, fillLogin, openWeb, type Web } from "./kit/open-web.ts";
import { settle } from "./kit/settle.ts";

const KIM = { email: "kim@example.com", password: "four plain words in a row" };
const RESET = { ...KIM, password: "four other words here" };
const MEMBERS = "/t/airline/settings/members";

let provider: IdentityProviderServer;
let web: Web;
let admin: Page;
let kim: Page;
let link: string;

beforeAll(async () => {
  provider = await startIdentityProvider();
  web = await openWeb({ ASSAY_ALLOWED_HOSTS: provider.issuer });
  admin = await web.openPage({ isLoggedIn: true });
  kim = await web.openPage();
}, 180_000);
afterAll(async () => {
  await web?.[Symbol.asyncDispose]();
  await provider?.[Symbol.asyncDispose]();
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settle(page);
}

async function setRole(name: string, role: string): Promise<void> {
  await open(admin, MEMBERS);
  await admin.getByRole("button", { name: `Change role: ${name}` }).click();
  await admin.getByRole("dialog").getByLabel("Role", { exact: true }).selectOption(role);
  await admin.getByRole("dialog").getByRole("button", { name: "Change role" }).click();
}

describe("people", { timeout: 120_000 }, () => {
  test("come by a link that an admin makes, which is shown once, and set their own password", async () => {
    await open(admin, MEMBERS);
    await admin.getByRole("button", { name: "Invite somebody" }).click();
    await admin.getByRole("dialog").getByLabel("E-mail").fill(KIM.email);
    expect(await admin.getByRole("dialog").getByLabel("Role", { exact: true }).inputValue()).toBe("editor");
    await admin.getByRole("button", { name: "Make the link" }).click();
    link = await admin.getByLabel("Link of the invitation").innerText();
    await admin.getByRole("button", { name: "I have the link" }).click();
    await admin.getByRole("cell", { name: KIM.email }).waitFor();

    await kim.goto(link);
    await kim.getByRole("heading", { name: "You are invited to Meridian Air" }).waitFor();
    await kim.getByText(KIM.email).first().waitFor();
    await kim.getByLabel("Your name").fill("Kim");
    await kim.getByLabel("Password").fill(KIM.password);
    await kim.getByRole("button", { name: "Make my account and join" }).click();
    await kim.waitForURL(/\/t\/airline/);
  });

  test("see what their role lets them do, and nothing more", async () => {
    await open(kim, "/t/airline/prompts");
    await kim.getByRole("button", { name: "New prompt" }).waitFor();
    for (const place of ["Keys", "Members", "Sign-in", "Audit log"]) {
      expect(await kim.getByRole("link", { name: place, exact: true }).count()).toBe(0);
    }
    await open(kim, "/t/airline/prompts/support-triage/promote?version=3");
    await kim.getByRole("button", { name: "Propose this change" }).waitFor();
    expect(await kim.getByRole("button", { name: /^Promote version/ }).count()).toBe(0);
    // Whoever types the address is refused by the server.
    await open(kim, MEMBERS);
    await kim.getByRole("alert").first().waitFor();
    expect(await kim.getByText("admin@example.com").count()).toBe(0);
  });

  test("cannot use a link twice", async () => {
    await kim.goto(link);
    await kim.getByRole("heading", { name: "This invitation is no longer open" }).waitFor();
  });

  test("can do less at once when an admin lowers them, and the last admin stays one", async () => {
    await setRole("Kim", "viewer");
    await admin.getByRole("dialog").waitFor({ state: "detached" });
    await open(kim, "/t/airline/prompts");
    expect(await kim.getByRole("button", { name: "New prompt" }).count()).toBe(0);

    await setRole("Admin", "editor");
    await admin.getByText("This is the last admin.").waitFor();
    await admin.keyboard.press("Escape");
  });

  test("end a session elsewhere, whose page keeps its place and asks for the log-in", async () => {
    const elsewhere = await web.openPage();
    await open(elsewhere, "/login");
    await fillLogin(elsewhere, KIM);
    await elsewhere.waitForURL(/\/t\//);
    await open(elsewhere, "/account");
    await elsewhere.getByRole("button", { name: "End all others" }).click();
    await elsewhere.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
    await elsewhere.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => elsewhere.getByRole("row").count()).toBe(2);

    await kim.getByRole("link", { name: "Datasets" }).click();
    await kim.getByRole("dialog", { name: "Your session has ended" }).waitFor();
    expect([admin, kim, elsewhere].flatMap(faultsOf)).toEqual([]);
  });

  test("who forgot their password set a new one by a link that an admin makes", async () => {
    await open(admin, MEMBERS);
    expect(await admin.getByRole("button", { name: "Reset password: Admin" }).count()).toBe(0);
    await admin.getByRole("button", { name: "Reset password: Kim" }).click();
    await admin.getByRole("button", { name: "Make the link" }).click();
    const reset = await admin.getByLabel("Link that sets a new password").innerText();
    await admin.getByRole("button", { name: "I have the link" }).click();
    const page = await web.openPage();
    await page.goto(reset);
    await page.getByLabel("New password").fill(RESET.password);
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByRole("link", { name: "To the log-in" }).click();
    await page.getByText("Forgot your password?").waitFor();
    await fillLogin(page, RESET);
    await page.waitForURL(/\/t\//);
    await page.goto(reset);
    await page.getByRole("heading", { name: "This link is no longer good" }).waitFor();
  });

  test("are led back from a sign-in that fails with the reason in words", async () => {
    const page = await web.openPage();
    await open(page, "/login?next=/t/airline/prompts");
    await page.getByRole("button", { name: "Sign in with your organisation" }).click();
    await page.getByLabel("Tenant").fill("airline");
    await page.getByRole("button", { name: "Continue to your organisation" }).click();
    await page.waitForURL("**/login?error=not_found");
    await page.getByText("There is no such tenant, or it has no sign-in of its own.").waitFor();
    expect(faultsOf(page)).toEqual([]);
  });

  test("sign in at their organisation and come to the page that they asked for", async () => {
    const airline = createClient({ baseUrl: web.server.url, key: web.server.keys.airline });
    const { issuer, clientId, clientSecret, person } = provider;
    await airline.setIdentityProvider({ issuer, clientId, clientSecret });
    await airline.createInvitation({ email: person.email ?? "", role: "viewer" });
    const page = await web.openPage();
    const asked = "/t/airline/datasets/airline-support?tab=versions";
    await page.goto(asked);
    await page.waitForURL(/\/login/);
    await page.getByRole("button", { name: "Sign in with your organisation" }).click();
    await page.getByLabel("Tenant").fill("airline");
    await page.getByRole("button", { name: "Continue to your organisation" }).click();
    await page.waitForURL(`**${asked}`);
    await page.getByRole("heading", { level: 1, name: "airline-support" }).waitFor();
    expect(provider.asked).toContain("/authorize");
    // The session is the tenant's: the page of sessions says so, and no other tenant is open.
    await open(page, "/account");
    await page.getByRole("table").getByText("airline").waitFor();
    await page.goto("/t/bank");
    await page.waitForURL(/\/t\/airline/);
    expect(faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  test("who are removed everywhere are told what to do", async () => {
    await open(admin, MEMBERS);
    await admin.getByRole("row", { name: /Kim/ }).getByRole("button", { name: "Remove" }).click();
    await admin.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await admin.getByRole("dialog").waitFor({ state: "detached" });
    const page = await web.openPage();
    await open(page, "/login");
    await fillLogin(page, RESET);
    await page.getByText("You belong to no tenant yet").waitFor();
    expect(await page.getByRole("link", { name: "To the operator console" }).count()).toBe(0);
  });
});
