import type { Work } from "./fill-work.ts";

/** A page of the UI as it stands in the starter tenant. */
export interface KnownPage {
  name: string;
  /** As written in the area's routes file, below `/t/$tenant` unless it starts with another word. */
  route: string;
  /** Where the page is in the starter tenant `airline`; `{change}` is what `fillWork` made of that name. */
  path: string;
  /** Shown to people who are not logged in. */
  isPublic?: true;
}

/** THE list of pages that are looked at by `pages.test.ts` and `npm run screenshots`; a route outside it fails there. */
export const ALL_PAGES: readonly KnownPage[] = [
  { name: "login", route: "/login", path: "/login", isPublic: true },
  {
    name: "refused login",
    route: "/login",
    path: "/login?error=sso_failed",
    isPublic: true,
  },
  {
    name: "invitation that is gone",
    route: "/invitations/$token",
    path: `/invitations/${"0".repeat(43)}`,
    isPublic: true,
  },
  {
    name: "password reset that is gone",
    route: "/password-resets/$token",
    path: `/password-resets/usr_${"0".repeat(32)}.${"0".repeat(43)}`,
    isPublic: true,
  },
  { name: "home", route: "/t/$tenant/", path: "/t/airline" },
  { name: "datasets", route: "/t/$tenant/datasets", path: "/t/airline/datasets" },
  { name: "dataset", route: "/t/$tenant/datasets/$dataset", path: "/t/airline/datasets/airline-support" },
  { name: "prompts", route: "/t/$tenant/prompts", path: "/t/airline/prompts" },
  {
    name: "prompt",
    route: "/t/$tenant/prompts/$prompt",
    path: "/t/airline/prompts/support-triage",
  },
  {
    name: "promote",
    route: "/t/$tenant/prompts/$prompt/promote",
    path: "/t/airline/prompts/support-triage/promote",
  },
  {
    name: "label-history",
    route: "/t/$tenant/prompts/$prompt/history",
    path: "/t/airline/prompts/support-triage/history?label=staging",
  },
  {
    name: "gates",
    route: "/t/$tenant/prompts/$prompt/gates",
    path: "/t/airline/prompts/support-triage/gates",
  },
  { name: "changes", route: "/t/$tenant/changes", path: "/t/airline/changes" },
  { name: "change", route: "/t/$tenant/changes/$changeId", path: "/t/airline/changes/{change}" },
  { name: "models", route: "/t/$tenant/models", path: "/t/airline/models" },
  { name: "adapter", route: "/t/$tenant/adapters/$adapter", path: "/t/airline/adapters/airline-support" },
  {
    name: "playground",
    route: "/t/$tenant/playground",
    path: "/t/airline/playground?prompt=support-triage&columns=production,3",
  },
  { name: "annotation", route: "/t/$tenant/annotation", path: "/t/airline/annotation" },
  {
    name: "annotation queue",
    route: "/t/$tenant/annotation/$queue",
    path: "/t/airline/annotation/tone",
  },
  {
    name: "annotation work",
    route: "/t/$tenant/annotation/$queue/work",
    path: "/t/airline/annotation/tone/work",
  },
  { name: "traces", route: "/t/$tenant/traces", path: "/t/airline/traces" },
  { name: "trace", route: "/t/$tenant/traces", path: "/t/airline/traces?trace={trace}" },
  { name: "usage", route: "/t/$tenant/usage", path: "/t/airline/usage" },
  { name: "operator", route: "/operator", path: "/operator" },
  { name: "operator models", route: "/operator", path: "/operator?tab=models" },
  { name: "operator people", route: "/operator", path: "/operator?tab=people" },
  { name: "keys", route: "/t/$tenant/settings/keys", path: "/t/airline/settings/keys" },
  { name: "connections", route: "/t/$tenant/settings/connections", path: "/t/airline/settings/connections" },
  { name: "members", route: "/t/$tenant/settings/members", path: "/t/airline/settings/members" },
  { name: "sign-in", route: "/t/$tenant/settings/sign-in", path: "/t/airline/settings/sign-in" },
  { name: "account", route: "/account", path: "/account" },
  { name: "audit", route: "/t/$tenant/settings/audit", path: "/t/airline/settings/audit" },
  { name: "evaluations", route: "/t/$tenant/evaluations", path: "/t/airline/evaluations" },
  {
    name: "empty comparison",
    route: "/t/$tenant/evaluations/compare",
    path: "/t/airline/evaluations/compare",
  },
  {
    name: "comparison",
    route: "/t/$tenant/evaluations/compare",
    path: "/t/airline/evaluations/compare?runs={refusedRun},{passedRun}",
  },
  { name: "suites", route: "/t/$tenant/suites", path: "/t/airline/suites" },
  { name: "suite", route: "/t/$tenant/suites/$suite", path: "/t/airline/suites/support-triage" },
  {
    name: "suite-editor",
    route: "/t/$tenant/suites/$suite",
    path: "/t/airline/suites/support-triage?tab=edit",
  },
  { name: "judges", route: "/t/$tenant/judges", path: "/t/airline/judges" },
  {
    name: "evaluation",
    route: "/t/$tenant/evaluations/$run",
    path: "/t/airline/evaluations/{refusedRun}",
  },
  {
    name: "evaluation cases",
    route: "/t/$tenant/evaluations/$run",
    path: "/t/airline/evaluations/{refusedRun}?tab=cases",
  },
  {
    name: "evaluation that is not there",
    route: "/t/$tenant/evaluations/$run",
    path: `/t/airline/evaluations/run_${"0".repeat(32)}`,
  },
];

/** Where a page is on a server that was filled. */
export function pathOn({ path }: Pick<KnownPage, "path">, work: Work): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Work) => work[name]);
}
