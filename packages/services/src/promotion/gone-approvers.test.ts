import { ROLES, STALE_APPROVALS } from "@assay/core";
import { insertMembership, insertUser } from "@assay/store";
import { expect, it } from "vitest";
import { createKey } from "../access/create-key.ts";
import { revokeKey } from "../access/revoke-key.ts";
import type { Context } from "../context.ts";
import { openEvalWorld } from "../evaluation/testing/eval-world.ts";
import { removeMember } from "../people/remove-member.ts";
import { setMemberRole } from "../people/set-member-role.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { approveChange } from "./approve-change.ts";
import { getChange } from "./get-change.ts";
import { moveLabel } from "./move-label.ts";
import { openTeam } from "./testing/open-team.ts";
import { clauseOf, PRODUCTION, refusalOf } from "./testing/promotion-probes.ts";

const HOUR_MS = 3_600_000;

/** A person who may promote, as they are when they are logged in. */
async function joinPromoter(context: Context): Promise<{ person: Context; userId: string }> {
  const { tenantId } = context.tenant;
  const userId = await context.platform.store.writePlatform(async (tx) => {
    const draft = { email: "paula@airline.test", name: "Paula", emailVerified: true, isOperator: false };
    const { id } = await insertUser(tx, draft);
    await insertMembership(tx, { tenantId, userId: id, role: "promoter", actor: "operator:test" });
    return id;
  });
  return { person: callerWith(context, { keyId: null, userId, scopes: [...ROLES.promoter] }), userId };
}

describeEachPlatform("an approval whose giver could not give it any more", (open) => {
  const refusedWhen = async (
    leave: (world: Awaited<ReturnType<typeof openEvalWorld>>, approver: Context) => Promise<unknown>,
    enter?: (context: Context) => Promise<Context>,
  ) => {
    await using world = await openEvalWorld(open);
    const { author, approver, second, propose } = await openTeam(world);
    const by = enter === undefined ? approver : await enter(world.airline);
    const changeId = await propose();
    await approveChange(by, { changeId });
    const move = { ...PRODUCTION, version: second };
    expect(await moveLabel(author, { ...move, dryRun: true })).toMatchObject({
      verdict: { outcome: "pass" },
    });
    await leave(world, by);
    const clause = clauseOf(await refusalOf(moveLabel(author, move)), "approval");
    expect(clause?.message).toContain(STALE_APPROVALS.approver_gone);
    expect(await getChange(author, { changeId })).toMatchObject({ staleApproval: "approver_gone" });
  };

  it("carries nothing out after its key was revoked", async () => {
    await refusedWhen(({ airline }, { caller }) => revokeKey(airline, { keyId: caller.keyId ?? "" }));
  });

  it("carries nothing out after its key has expired", async () => {
    await refusedWhen(
      async (world) => world.passMs(2 * HOUR_MS),
      async (context) => {
        const expiresAt = new Date(context.platform.now().getTime() + HOUR_MS).toISOString();
        const { key } = await createKey(context, { name: "for an hour", role: "promoter", expiresAt });
        return callerWith(context, { keyId: key.id, scopes: key.scopes });
      },
    );
  });

  it("carries nothing out after the person left, or may not promote any more", async () => {
    const enter = async (context: Context) => (await joinPromoter(context)).person;
    const idOf = ({ caller }: Context) => caller.userId ?? "";
    await refusedWhen(({ airline }, person) => removeMember(airline, { userId: idOf(person) }), enter);
    await refusedWhen(
      ({ airline }, person) => setMemberRole(airline, { userId: idOf(person), role: "editor" }),
      enter,
    );
  });

  it("is given again by somebody who may, and carries the version out", async () => {
    await using world = await openEvalWorld(open);
    const { author, approver, second, propose } = await openTeam(world);
    const changeId = await propose();
    await approveChange(approver, { changeId });
    await revokeKey(world.airline, { keyId: approver.caller.keyId ?? "" });
    const { person } = await joinPromoter(world.airline);
    expect(await approveChange(person, { changeId })).toMatchObject({ status: "approved" });
    expect(await moveLabel(author, { ...PRODUCTION, version: second })).toMatchObject({ moved: true });
  });
});
