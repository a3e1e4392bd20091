import { invariant, type Member } from "@assay/core";
import { type listMemberRows, listUsersByIds } from "@assay/store";
import type { Platform } from "../context.ts";

type MemberRow = Awaited<ReturnType<typeof listMemberRows>>[number];

/** Members with their names: a membership belongs to the tenant, a name to the person. */
export async function memberViews({ store }: Platform, rows: readonly MemberRow[]): Promise<Member[]> {
  const people = await store.readPlatform((tx) =>
    listUsersByIds(
      tx,
      rows.map(({ userId }) => userId),
    ),
  );
  const byId = new Map(people.map((person) => [person.id, person]));
  return rows.flatMap((row) => {
    const person = byId.get(row.userId);
    // Gone between the two reads.
    if (person === undefined) return [];
    const { id, email, name } = person;
    return [{ user: { id, email, name }, role: row.role, createdAt: row.createdAt.toISOString() }];
  });
}

export async function memberView(platform: Platform, row: MemberRow): Promise<Member> {
  const [view] = await memberViews(platform, [row]);
  invariant(view !== undefined, "a member is a person");
  return view;
}
