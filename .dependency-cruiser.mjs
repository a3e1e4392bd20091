// The drawing of ARCHITECTURE.md as a check: which package may import which. Arrows not listed are refused.
const ARROWS = {
  "packages/core": [],
  "packages/evaluator": ["packages/core"],
  "packages/store": ["packages/core"],
  "packages/engines": ["packages/core"],
  "packages/client": ["packages/core"],
  "packages/services": ["packages/core", "packages/evaluator", "packages/store"],
  "packages/starter": [],
  "apps/api": [
    "packages/core",
    "packages/engines",
    "packages/services",
    "packages/starter",
    "packages/store",
  ],
  "apps/web": ["packages/core", "packages/client"],
  // `assay --local` runs the same application inside the CLI's process: the one arrow between two apps.
  "apps/cli": ["packages/core", "packages/client", "apps/api"],
};

/** Third-party packages that exactly one place may touch, so that their traps stay in one place. */
const ONLY_USERS = {
  "drizzle-orm": "packages/store",
  "better-sqlite3": "packages/store",
  pg: "packages/store",
  openai: "packages/engines",
  "node-llama-cpp": "packages/(engines|starter)",
  hono: "apps/api",
  liquidjs: "packages/evaluator",
  ajv: "packages/(evaluator|engines)",
  react: "apps/web",
  "better-auth": "apps/api",
};

const folder = (name) => `^${name}/`;

const arrows = Object.entries(ARROWS).map(([from, to]) => ({
  name: `arrows-of-${from.replace("/", "-")}`,
  severity: "error",
  from: { path: folder(from) },
  to: { path: "^(apps|packages)/", pathNot: [from, ...to].map(folder) },
}));

const owners = Object.entries(ONLY_USERS).map(([library, owner]) => ({
  name: `only-${owner}-uses-${library}`,
  severity: "error",
  from: { path: "^(apps|packages)/", pathNot: `^${owner}/` },
  to: { path: `node_modules/${library}(/|$)` },
}));

/** Rooms of the web UI that any page may use; every other folder beside them and the shell is of one kind of page. */
const SHARED_WEB = "api|components|gate|i18n|theme";

/** What of the shell a page may use. */
const SHELL_FOR_PAGES = "^apps/web/src/shell/search-value\\.ts$";

const webRooms = [
  {
    name: "pages-of-the-web-share-rooms-only",
    comment:
      "a page folder uses no other's inside: what two of them need moves to components (or api, where it asks)",
    severity: "error",
    from: { path: `^apps/web/src/(?!(?:${SHARED_WEB}|shell)/)([^/]+)/` },
    to: {
      path: "^apps/web/src/[^/]+/",
      pathNot: ["^apps/web/src/$1/", `^apps/web/src/(${SHARED_WEB})/`, SHELL_FOR_PAGES],
    },
  },
  {
    name: "shared-rooms-of-the-web-know-no-page",
    severity: "error",
    from: { path: `^apps/web/src/(${SHARED_WEB})/` },
    to: { path: "^apps/web/src/[^/]+/", pathNot: `^apps/web/src/(${SHARED_WEB})/` },
  },
  {
    name: "shell-of-the-web-knows-the-log-in-only",
    comment: "who was logged out logs in again where they are",
    severity: "error",
    from: { path: "^apps/web/src/shell/" },
    to: { path: "^apps/web/src/[^/]+/", pathNot: `^apps/web/src/(${SHARED_WEB}|shell|login)/` },
  },
];

export default {
  forbidden: [
    ...arrows,
    ...owners,
    ...webRooms,
    {
      name: "core-is-pure",
      comment: "core runs in a browser: zod and nothing else",
      severity: "error",
      from: { path: "^packages/core/src/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core", "npm"], pathNot: "node_modules/zod/" },
    },
    {
      name: "evaluator-does-no-io",
      severity: "error",
      from: { path: "^packages/evaluator/src/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-deep-imports",
      comment: "another package is entered through its exports only",
      severity: "error",
      from: { path: "^(apps|packages)/([^/]+)/" },
      to: {
        path: "^(apps|packages)/[^/]+/src/",
        pathNot: [
          "^(apps|packages)/$2/",
          "^(apps|packages)/[^/]+/src/index\\.ts$",
          "^packages/core/src/plain\\.ts$",
          "^packages/(engines|store)/src/testing/index\\.ts$",
        ],
      },
    },
    {
      name: "no-test-parts-in-production",
      severity: "error",
      from: { path: "^(apps|packages)/", pathNot: ["\\.test\\.ts$", "/testing/"] },
      to: { path: "/testing/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(/dist/|/migrations/)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js", ".mjs"],
    },
  },
};
