import type { Member, Page } from "@assay/core";
import { listMemberRows } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { memberViews } from "./member-view.ts";

export async function listMembers(context: Context, query: VerbInput<"listMembers">): Promise<Page<Member>> {
  const rows = await context.tenant.read((tx) => listMemberRows(tx, keysetOf(query)));
  const page = pageOfRows({ query, rows, toItem: (row) => row, cursorOf: (row) => row.userId });
  return { ...page, items: await memberViews(context.platform, page.items) };
}
