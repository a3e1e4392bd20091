import type { TFunction } from "i18next";
import { expect, test } from "vitest";
import { whoOf } from "./who-of.ts";

const asKey = ((key: string) => key) as unknown as TFunction<"settings">;

test.each([
  ["key:starter", null, "audit.who.setup"],
  ["operator:starter", null, "audit.who.setup"],
  ["operator:usr_1", null, "audit.who.operator"],
  ["key:key_1", null, "audit.who.key"],
  ["user:usr_1", null, "audit.who.user"],
  ["user:usr_1", "Anna", "Anna"],
  ["platform", null, "audit.who.platform"],
])("%s, called %s, is told by %s", (actor, actorName, told) => {
  expect(whoOf({ actor, actorName }, asKey)).toBe(told);
});
