import { AppError, LIMITS, type Partials } from "@assay/core";
import type { ParsedPartials, PartialUse } from "./partial-tag.ts";
import { type ParsedTemplate, parseTemplate, templateRefusal } from "./template.ts";

/** How errors name a partial. */
function partialName(name: string): string {
  return `partials.${name}`;
}

/** Throws `template_invalid` for one that does not parse. */
export function parsePartials(partials: Partials = {}): ParsedPartials {
  return new Map(
    Object.entries(partials).map(([name, text]) => {
      const { templates } = parseTemplate(text, partialName(name));
      return [name, { templates, chars: text.length }];
    }),
  );
}

/**
 * Refuses partials that could not be rendered where they are used: an unknown name, a variable that is not handed on,
 * a circle, too deep a nest; and a partial that nothing uses, which would make another version of the same prompt.
 * Throws `template_invalid` with line and column.
 */
export function checkPartials(
  partials: Partials = {},
  messages: readonly (readonly [string, ParsedTemplate])[],
): void {
  const parsed = new Map(
    Object.entries(partials).map(([name, text]) => [name, parseTemplate(text, partialName(name))]),
  );
  for (const [template, { uses }] of messages) checkUses({ template, uses, parsed });
  for (const [name, { uses }] of parsed) checkUses({ template: partialName(name), uses, parsed });
  const heights = new Map<string, number>();
  for (const [, { uses }] of messages)
    for (const { name } of uses) measure(name, { parsed, heights, path: [] });
  const unused = [...parsed.keys()].filter((name) => !heights.has(name));
  if (unused.length > 0) {
    const message = `No message renders the partials ${unused.join(", ")}. Leave them out.`;
    throw new AppError("template_invalid", message, { unused, line: null, column: null });
  }
}

type Parsed = ReadonlyMap<string, ParsedTemplate>;

function checkUses({
  template,
  uses,
  parsed,
}: {
  template: string;
  uses: readonly PartialUse[];
  parsed: Parsed;
}) {
  for (const { name, parameters, line, column } of uses) {
    const partial = parsed.get(name);
    if (partial === undefined) {
      const known = parsed.size === 0 ? "There are none." : `There are: ${[...parsed.keys()].join(", ")}.`;
      throw templateRefusal(template, `there is no partial "${name}". ${known}`, [line, column]);
    }
    const missing = partial.variables.filter((variable) => !parameters.includes(variable));
    if (missing.length === 0) continue;
    const handed = missing.map((variable) => `${variable}: ${variable}`).join(", ");
    const message = `the partial "${name}" uses ${missing.join(", ")}, which it is not handed. Write {% render '${name}', ${handed} %}.`;
    throw templateRefusal(template, message, [line, column]);
  }
}

interface Walk {
  parsed: Parsed;
  /** How deep the partials nest that were walked through already; each is walked through once. */
  heights: Map<string, number>;
  /** The partials that led here, outermost first. */
  path: readonly string[];
}

function measure(name: string, { parsed, heights, path }: Walk): number {
  const known = heights.get(name);
  if (known !== undefined) return known;
  const inner = [...path, name];
  if (path.includes(name)) {
    throw templateRefusal(partialName(name), `it renders itself: ${inner.join(" → ")}.`, [null, null]);
  }
  const names = new Set(parsed.get(name)?.uses.map((use) => use.name));
  const height =
    1 + Math.max(0, ...[...names].map((used) => measure(used, { parsed, heights, path: inner })));
  if (height > LIMITS.partialDepthMax) {
    const message = `partials render partials ${LIMITS.partialDepthMax} deep at most; this is ${height} deep.`;
    throw templateRefusal(partialName(name), message, [null, null]);
  }
  heights.set(name, height);
  return height;
}
