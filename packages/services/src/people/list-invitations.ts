import type { Invitation, Page } from "@assay/core";
import { listInvitationRows } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { invitationView } from "./invitation-view.ts";

export async function listInvitations(
  context: Context,
  query: VerbInput<"listInvitations">,
): Promise<Page<Invitation>> {
  const rows = await context.tenant.read((tx) => listInvitationRows(tx, keysetOf(query)));
  const now = context.platform.now();
  return pageOfRows({ query, rows, toItem: (row) => invitationView(row, now), cursorOf: (row) => row.id });
}
