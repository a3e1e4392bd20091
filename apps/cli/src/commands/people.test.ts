import { afterAll, beforeAll, expect, it } from "vitest";
import { type CommandLine, openCommandLine } from "../testing/open-command-line.ts";

const EMAIL = "anna@people.test";
const PASSWORD = "correct horse battery staple";

let cli: CommandLine;

const assay: CommandLine["assay"] = (...command) => cli.assay(...command);

function post(path: string, body: object): Promise<Response> {
  const headers = { "content-type": "application/json", origin: cli.server.url };
  return fetch(`${cli.server.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

beforeAll(async () => {
  cli = await openCommandLine();
});
afterAll(() => cli?.close());

it("invites somebody, whose link is alone on stdout and lets them in", async () => {
  const { code, stdout } = await assay(`invite ${EMAIL} --role editor`);
  expect(code).toBe(0);
  const token = /\/invitations\/(\S{43})\n$/.exec(stdout)?.[1];
  const accepted = await post(`/api/invitations/${token}`, { name: "Anna", password: PASSWORD });
  expect(accepted.status).toBe(200);
  expect((await assay("members list")).stdout).toMatch(/anna@people\.test +Anna +editor/);
});

it("gives a member another role, and takes them out", async () => {
  expect((await assay(`members role ${EMAIL} viewer`)).code).toBe(0);
  expect((await assay("members list")).stdout).toMatch(/anna@people\.test +Anna +viewer/);
  expect((await assay(`members remove ${EMAIL}`)).code).toBe(0);
  expect((await assay("members list")).stdout).not.toContain(EMAIL);
  expect((await assay(`members remove ${EMAIL}`)).code).toBe(1);
});

it("makes an operator's log-in on the server's machine", async () => {
  const { code, stdout } = await assay(`operator-login --data ${cli.server.dataDir} --email ${EMAIL}`);
  expect(code).toBe(0);
  const password = /^anna@people\.test {2}(\S+)\n$/.exec(stdout)?.[1];
  expect((await post("/api/login", { email: EMAIL, password: PASSWORD })).status).toBe(401);
  const login = await post("/api/login", { email: EMAIL, password });
  expect(await login.json()).toMatchObject({ user: { email: EMAIL, isOperator: true } });
});
