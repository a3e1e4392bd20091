import { join } from "node:path";
import { listRoutes, type Route } from "@assay/core";
import { expect, test } from "vitest";
import type { RouteEntry } from "./route-entry.ts";

const HEAD = `import type { ControlRouteName } from "./call.ts";
import type { RouteEntry } from "./route-entry.ts";

/**
 * The contract's routes as plain data, so that a client needs no schemas. \`npm run client:routes\` writes this file of
 * the contract, and a test holds it against it.
 */
export const ROUTE_TABLE: Readonly<Record<ControlRouteName, RouteEntry>> = {
`;

/** The schema's members by name, whatever library describes them. */
function shapeOf(schema: object | undefined): Record<string, { def: { type: string }; safeParse: Parse }> {
  if (schema === undefined || !("shape" in schema)) return {};
  return schema.shape as ReturnType<typeof shapeOf>;
}
type Parse = (value: unknown) => { success: boolean };

function answerOf({ output }: Route): RouteEntry["answer"] {
  if (output.kind !== "json") return output.kind;
  const required = Object.entries(shapeOf(output.schema)).filter(
    ([, schema]) => !schema.safeParse(undefined).success,
  );
  return required.map(([member, schema]) => (schema.def.type === "array" ? `${member}[]` : member));
}

function entryOf(route: Route): RouteEntry {
  const { method, path, body } = route;
  const query = body?.kind === "json" ? Object.keys(route.query?.shape ?? {}) : [];
  return {
    method,
    path,
    ...(query.length > 0 && { query }),
    ...(body && { body: body.kind }),
    answer: answerOf(route),
  };
}

test("route-table.ts is the contract as it is now (npm run client:routes writes it)", async () => {
  const routes = listRoutes().filter(({ plane }) => plane === "control");
  const lines = routes.map((route) => `  ${route.name}: ${JSON.stringify(entryOf(route))},\n`);
  const text = `${HEAD}${lines.sort().join("")}};\n`;
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "route-table.ts"));
});

test("the path of every route names each of its parameters once", () => {
  for (const { name, path, params } of listRoutes()) {
    const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, param]) => param);
    expect(named, name).toEqual(Object.keys(params?.shape ?? {}));
  }
});
