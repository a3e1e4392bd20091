import { type CaseAt, notFound } from "@assay/core";
import { findCaseByKey } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { requireVersion } from "./find-version.ts";

/** One whole case of a version by its key. */
export async function getCase({ tenant }: Context, at: VerbInput<"getCase">): Promise<CaseAt> {
  const version = await requireVersion(tenant, at);
  const row = await tenant.read((tx) => findCaseByKey(tx, version.id, at.key));
  if (row === undefined) throw notFound("case");
  return { position: row.position, case: row.body };
}
