import { DAY_MS, LIMITS } from "@assay/core";
import { newId } from "@assay/store";
import { describe, expect, test } from "vitest";
import { removeTenant } from "../access/remove-tenant.ts";
import { callerWith, describeEachPlatform } from "../testing/index.ts";
import { createFeedback } from "./create-feedback.ts";
import { issueFeedbackToken, readFeedbackToken } from "./feedback-token.ts";
import { listFeedback } from "./list-feedback.ts";
import { openTracedWorld, type TracedWorld } from "./testing/traced-world.ts";

const page = { limit: 50 };
const BAD_TOKEN = {
  code: "unauthenticated",
  message: expect.stringMatching(/^This feedback token is not good/),
};

function tokenFor({ test: { platform }, airline }: TracedWorld, traceId: string): string {
  return issueFeedbackToken(platform, { tenantId: airline.tenant.tenantId, traceId });
}

describeEachPlatform("feedback", (open) => {
  test("needs the answer's token and nothing else, also where no text of it is kept", async () => {
    await using world = await openTracedWorld(open);
    const { platform } = world.test;
    const traceId = await world.ask(world.airline, { model: "base" });
    const token = tokenFor(world, traceId);
    const up = await createFeedback(platform, { token, thumb: "up" });
    await createFeedback(platform, { token, thumb: "down", comment: "No.", correction: "Yes." });
    await createFeedback(platform, { token, score: 0.25 });
    await createFeedback(platform, { token, comment: "hm" });
    const { items } = await listFeedback(world.airline, { traceId, ...page });
    expect(items[0]).toMatchObject({ id: up.id, traceId, score: 1, comment: null, correction: null });
    expect(items.map(({ score, comment, correction }) => [score, comment, correction])).toEqual([
      [1, null, null],
      [0, "No.", "Yes."],
      [0.25, null, null],
      [null, "hm", null],
    ]);
  });

  test("is taken so often on one answer and no more, however many come at once", async () => {
    await using world = await openTracedWorld(open);
    const traceId = await world.ask(world.airline);
    const token = tokenFor(world, traceId);
    const sent = await Promise.allSettled(
      Array.from({ length: LIMITS.feedbackPerTraceMax + 5 }, () =>
        createFeedback(world.test.platform, { token, thumb: "up" }),
      ),
    );
    const refused = sent.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(5);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "conflict" });
    const { items } = await listFeedback(world.airline, { traceId, ...page });
    expect(items).toHaveLength(LIMITS.feedbackPerTraceMax);
  });

  test("is refused with the same words for a token that is forged, expired, or of a trace or tenant that is gone", async () => {
    await using world = await openTracedWorld(open);
    const { platform, ...at } = world.test;
    const traceId = await world.ask(world.airline);
    const token = tokenFor(world, traceId);
    const [tenantId = "", , endsS = "", mac = ""] = token.split(".");
    const bankId = world.bank.tenant.tenantId;
    const foreignTrace = await world.ask(world.bank);
    const forged = [
      "x",
      `${token}x`,
      token.slice(0, -1),
      [bankId, traceId, endsS, mac].join("."),
      [bankId, foreignTrace, endsS, mac].join("."),
      [tenantId, foreignTrace, endsS, mac].join("."),
      [tenantId, traceId, String(Number(endsS) + 1), mac].join("."),
      [tenantId, traceId, endsS, "A".repeat(43)].join("."),
      // Signed by us for another purpose.
      [
        tenantId,
        traceId,
        endsS,
        platform.secrets.sign(`${tenantId}.${traceId}.${endsS}`, "other").toString("base64url"),
      ].join("."),
      // Of a trace that another tenant has: well signed, and still not there.
      tokenFor(world, foreignTrace),
      tokenFor(world, newId("trace")),
    ];
    for (const each of forged)
      await expect(createFeedback(platform, { token: each, score: 0 }), each).rejects.toMatchObject(
        BAD_TOKEN,
      );
    for (const [context, id] of [
      [world.airline, traceId],
      [world.bank, foreignTrace],
    ] as const)
      expect((await listFeedback(context, { traceId: id, ...page })).items).toEqual([]);
    world.passMs(LIMITS.feedbackTokenDays * DAY_MS + 1_000);
    await expect(createFeedback(platform, { token, score: 0 })).rejects.toMatchObject(BAD_TOKEN);
    const fresh = tokenFor(world, traceId);
    await removeTenant(at.operator, { tenantId });
    await expect(createFeedback(platform, { token: fresh, score: 0 })).rejects.toMatchObject(BAD_TOKEN);
  });

  test("is read by the tenant, and by a confined key of its prompts alone", async () => {
    await using world = await openTracedWorld(open);
    const traceId = await world.ask(world.airline);
    await createFeedback(world.test.platform, { token: tokenFor(world, traceId), comment: "secret" });
    const read = (context: typeof world.airline) => listFeedback(context, { traceId, ...page });
    await expect(read(world.bank)).rejects.toMatchObject({ code: "not_found" });
    const confined = callerWith(world.airline, { prompts: ["other"] });
    await expect(read(confined)).rejects.toMatchObject({ code: "scope_missing" });
    expect((await read(callerWith(world.airline, { prompts: ["triage"] }))).items).toHaveLength(1);
  });
});

describe("a feedback token", () => {
  test("is read back by the platform that issued it and by no other", async () => {
    const { openSecretBox } = await import("../registry/secret-box.ts");
    const now = () => new Date();
    const one = { secrets: openSecretBox(new Uint8Array(32).fill(1)), now };
    const other = { secrets: openSecretBox(new Uint8Array(32).fill(2)), now };
    const right = { tenantId: newId("tenant"), traceId: newId("trace") };
    const token = issueFeedbackToken(one, right);
    expect(readFeedbackToken(one, token)).toEqual(right);
    expect(readFeedbackToken(other, token)).toBeUndefined();
    expect(token.length).toBeLessThan(400);
  });
});
