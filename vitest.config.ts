import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: ["packages/store/src/testing/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Real Postgres, real models and child processes on small shared machines: generous, so that only a hang fails.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    expandSnapshotDiff: true,
    reporters: process.env.CI
      ? ["default", ["json", { outputFile: "node_modules/.cache/vitest-results.json" }]]
      : ["default"],
  },
});
