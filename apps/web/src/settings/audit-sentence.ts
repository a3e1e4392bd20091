import type { AuditEntry } from "@assay/core";

/** Actions that a sentence is written for; the texts are `audit.said.<action>` with an underscore for the dot. */
export const SAID_ACTIONS = [
  "adapter.create",
  "adapter_version.upload",
  "annotation.label",
  "annotation_queue.create",
  "annotation_queue.fill",
  "change.approve",
  "change.propose",
  "change.reject",
  "change.withdraw",
  "connection.create",
  "connection.remove",
  "connection.update",
  "dataset.create",
  "dataset_version.add_traces",
  "dataset_version.change",
  "dataset_version.import",
  "gate.remove",
  "gate.set",
  "identity_provider.remove",
  "identity_provider.set",
  "invitation.create",
  "invitation.revoke",
  "key.create",
  "key.revoke",
  "label.move",
  "label.refused",
  "label.rollback",
  "member.join",
  "member.remove",
  "member.role",
  "model.create",
  "model.remove",
  "model.upload",
  "prompt.create",
  "prompt_draft.begin",
  "prompt_draft.discard",
  "prompt_draft.expire",
  "prompt_version.add",
  "run.cancel",
  "run.start",
  "suite.put",
  "tenant.limits",
  "trace_settings.set",
] as const;

export interface Sentence {
  /** Of the text; "other" where an action has no sentence. */
  key: string;
  values: Record<string, string | number>;
}

/** What an entry says, as the key and the values of a text; nothing of it is language. */
export function sentenceOf(entry: AuditEntry): Sentence {
  const { action, object, objectName, details } = entry;
  const [name = "", rest = ""] = splitObject(object);
  const values: Sentence["values"] = { action, object, name, rest };
  for (const [key, value] of Object.entries(details)) {
    if (typeof value === "string" || typeof value === "number") values[key] ??= value;
  }
  if (objectName !== null) values.objectName = objectName;
  const [prompt = "", version = ""] = splitObject(objectName ?? "");
  if (action.startsWith("run.")) Object.assign(values, { prompt, version });
  return { key: keyOf(entry, values), values };
}

function keyOf(
  { action, actor, object, details, objectName }: AuditEntry,
  values: Sentence["values"],
): string {
  if (!SAID_ACTIONS.some((each) => each === action)) return "other";
  const key = action.replace(".", "_");
  if (action === "label.move" && details.kind === "override") return `${key}_override`;
  if (action === "label.move" || action === "label.rollback") {
    return typeof details.from === "number" ? key : `${key}_first`;
  }
  if (action === "member.join" && actor === `user:${object}`) return `${key}_self`;
  const isUnnamed = objectName === null || objectName === "";
  if (isUnnamed && /^(key|member|run)\./.test(action)) {
    return values.prompt && values.version ? key : `${key}_unnamed`;
  }
  return key;
}

/** `triage@production` is the prompt and its label. */
function splitObject(object: string): string[] {
  const at = object.lastIndexOf("@");
  return at <= 0 ? [object] : [object.slice(0, at), object.slice(at + 1)];
}

/** Where the object of an entry is to be seen, below the tenant; undefined where it is nowhere, any more or ever. */
export function placeOf({ action, object, details }: AuditEntry): string | undefined {
  const [kind = ""] = action.split(".");
  const [name = ""] = splitObject(object);
  if (/\.(remove|discard|expire)$/.test(action) && kind !== "gate" && kind !== "member") return undefined;
  if (kind === "change" && typeof details.changeId === "string") return `/changes/${details.changeId}`;
  if (kind === "annotation" && typeof details.queue === "string") return `/annotation/${details.queue}`;
  const places: Record<string, string> = {
    prompt: `/prompts/${name}`,
    prompt_version: `/prompts/${name}`,
    prompt_draft: `/prompts/${name}`,
    trace_settings: "/traces",
    label: `/prompts/${name}/history`,
    gate: `/prompts/${name}/gates`,
    dataset: `/datasets/${name}`,
    dataset_version: `/datasets/${name}`,
    suite: `/suites/${name}`,
    run: `/evaluations/${object}`,
    annotation_queue: `/annotation/${name}`,
    adapter: `/adapters/${name}`,
    adapter_version: `/adapters/${name}`,
    model: "/models",
    key: "/settings/keys",
    connection: "/settings/connections",
    identity_provider: "/settings/sign-in",
    member: "/settings/members",
    invitation: "/settings/members",
  };
  return Object.hasOwn(places, kind) ? places[kind] : undefined;
}
