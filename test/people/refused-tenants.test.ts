import { LIMITS } from "@assay/core";
import { expect, test } from "vitest";
import { addPerson } from "../kit/add-person.ts";
import { PASSWORD } from "../kit/fill-tenant.ts";
import { openTestApp } from "../kit/open-test-app.ts";

const problemOf = async (response: Response) => {
  const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>;
  return problem;
};

async function openScene() {
  const app = await openTestApp({ dialect: "sqlite" });
  const airline = await app.createTenant("airline");
  await app.createTenant("bank");
  const people = await Promise.all(
    ["anna", "ben"].map(async (name) => {
      await addPerson(app, { tenant: airline, email: `${name}@people.test` });
      return await app.logIn({ email: `${name}@people.test`, password: PASSWORD });
    }),
  );
  const [anna, ben] = people;
  if (anna === undefined || ben === undefined) throw new Error("two people were added");
  return { app, anna, ben };
}

test.each([
  { asked: "a tenant that is not theirs", slug: "bank", path: "/api/me", refused: 404 },
  { asked: "a name that cannot be one", slug: "x".repeat(3_000), path: "/api/me", refused: 404 },
  { asked: "a route above their role", slug: "airline", path: "/api/members", refused: 403 },
])(
  "a person who asks for $asked in a loop is stopped, and nobody else is",
  async ({ slug, path, refused }) => {
    const { app, anna, ben } = await openScene();
    await using _app = app;
    const at = new Date();
    app.platform.now = () => at;
    const ask = () => anna.fetch(slug)(path);
    for (let n = 0; n < LIMITS.personRequestsPerMinute; n += 1) expect((await ask()).status).toBe(refused);
    const stopped = await ask();
    expect([stopped.status, Number(stopped.headers.get("retry-after")) > 0]).toEqual([429, true]);
    expect((await anna.fetch("airline")("/api/me")).status).toBe(429);
    expect((await ben.fetch("airline")("/api/me")).status).toBe(200);
    app.platform.now = () => new Date(at.getTime() + 3 * 60_000);
    expect((await anna.fetch("airline")("/api/me")).status).toBe(200);
  },
);

test("what cannot be a tenant's name answers like one that nobody has, and is never looked up", async () => {
  const { app, anna } = await openScene();
  await using _app = app;
  const { sessions } = app.platform.people;
  const lookedUp: string[] = [];
  app.platform.people.sessions = {
    ...sessions,
    findMembership: (userId, slug) => {
      lookedUp.push(slug);
      return sessions.findMembership(userId, slug);
    },
  };
  const unknown = await problemOf(await anna.fetch("nobody")("/api/me"));
  for (const slug of ["x".repeat(3_000), "../airline", "Airline", "air line", "", "airline,bank"])
    expect(await problemOf(await anna.fetch(slug)("/api/me")), slug.slice(0, 20)).toEqual(unknown);
  expect(lookedUp).toEqual(["nobody"]);
});
