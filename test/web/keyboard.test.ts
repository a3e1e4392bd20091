import { createClient } from "@assay/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { KeyboardPerson } from "./kit/keyboard-person.ts";
import { faultsOf, openWeb, type Web } from "./kit/open-web.ts";

/** Twice a few hundred cases on the starter model, on a machine that has other work. */
const RUN_MS = 600_000;
const ACTIONS_MAX = 12;
/** Says both fields and the form, as the text that holds the label forgets to. */
const BETTER =
  "You are the friendly support desk of Meridian Air. Answer in JSON with the intent and the urgency.";

let web: Web;
beforeAll(async () => {
  web = await openWeb();
});
afterAll(() => web?.[Symbol.asyncDispose]());

test(`from login to a promoted better version in at most ${ACTIONS_MAX} actions, with the keyboard alone`, {
  timeout: 2 * RUN_MS,
}, async () => {
  const page = await web.openPage();
  await page.goto("/login");
  const person = new KeyboardPerson(page);
  const { email, password } = web.server.login;

  await person.fill(page.getByLabel("E-mail"), "E-mail", email);
  await person.fill(page.getByLabel("Password"), "Password", password);
  await person.press("Enter", "log in");
  await page.getByRole("link", { name: "support-triage" }).first().waitFor();
  await person.choose("support-triage");
  await page.waitForURL(/\/prompts\/support-triage/);

  const text = page.getByRole("textbox", { name: /^Text of message 1/ });
  await person.fill(text, "Text of message 1", BETTER);
  await person.press("Control+S", "save as a version");
  const note = page.getByLabel("What did you change, and why?");
  await person.fill(note, "What did you change, and why?", "Names the form and both fields.");
  await person.activate(page.getByRole("button", { name: "Save version" }));

  await person.activate(page.getByRole("status").getByRole("link", { name: "Promote" }));
  await person.activate(page.getByRole("button", { name: "Evaluate it now" }));
  await page.getByRole("heading", { name: /It passes/ }).waitFor({ timeout: RUN_MS });
  await person.activate(page.getByRole("button", { name: "Promote version 4 to production" }));
  await page.getByText("Version 4 holds production already, and that is proven.").waitFor();

  const airline = createClient({ baseUrl: web.server.url, key: web.server.keys.airline });
  const { items } = await airline.listLabels({ prompt: "support-triage" });
  expect(items).toMatchObject([{ name: "production", version: 4 }]);
  process.stdout.write(`${person.actions.join("\n")}\n`);
  expect(person.actions.length).toBeLessThanOrEqual(ACTIONS_MAX);
  expect(faultsOf(page)).toEqual([]);
});
