import { uuidv7 } from "uuidv7";

/** Prefix of each kind of id. */
const PREFIXES = {
  tenant: "tnt",
  key: "key",
  audit: "aud",
  trace: "trc",
  connection: "con",
  model: "mdl",
  adapter: "ada",
  adapterVersion: "adv",
  prompt: "prm",
  promptVersion: "prv",
  dataset: "dst",
  datasetVersion: "dsv",
  suite: "sui",
  suiteVersion: "suv",
  run: "run",
  job: "job",
  verdict: "vrd",
  labelMove: "mov",
  changeRequest: "crq",
  annotationQueue: "anq",
  annotationItem: "ani",
  feedback: "fbk",
  user: "usr",
  session: "ses",
  account: "acc",
  verification: "vfy",
  invitation: "inv",
} as const;

export type IdKind = keyof typeof PREFIXES;

/** A new id: sorts by creation time, unguessable enough not to collide, and never a secret. */
export function newId(kind: IdKind): string {
  return `${PREFIXES[kind]}_${uuidv7().replaceAll("-", "")}`;
}
