import { createKey } from "../../access/create-key.ts";
import type { Context } from "../../context.ts";
import { type EvalWorld, GATE } from "../../evaluation/testing/eval-world.ts";
import { callerWith } from "../../testing/index.ts";
import { moveLabel } from "../move-label.ts";
import { proposeChange } from "../propose-change.ts";
import { setGate } from "../set-gate.ts";
import { PRODUCTION } from "./promotion-probes.ts";

/** Another key of the tenant, made by the tenant's first one. */
export async function newKey(context: Context, name: string): Promise<Context> {
  const { key } = await createKey(context, { name, role: "admin" });
  return callerWith(context, { keyId: key.id, scopes: key.scopes });
}

export interface Team {
  world: EvalWorld;
  author: Context;
  approver: Context;
  /** The label's version, and a better one that was measured. */
  first: number;
  second: number;
  propose(version?: number): Promise<string>;
}

/** `production` is at a version, and its gate asks for the approval of somebody else. */
export async function openTeam(world: EvalWorld, byOther = true): Promise<Team> {
  const { airline } = world;
  const author = await newKey(airline, "author");
  const approver = await newKey(airline, "approver");
  await world.putSuite({ gate: { ...GATE, approval: { byOther } } });
  const first = await world.addVersion("skill 10");
  await moveLabel(airline, { ...PRODUCTION, version: first });
  await setGate(airline, { prompt: "triage", label: "production", suite: "triage-suite" });
  await world.evaluate(first);
  const second = await world.addVersion("skill 0", author);
  await world.evaluate(second);
  const propose = async (version = second) => {
    const draft = { label: "production", version, title: "Be right", description: "" };
    return (await proposeChange(author, { prompt: "triage", ...draft })).id;
  };
  return { world, author, approver, first, second, propose };
}
