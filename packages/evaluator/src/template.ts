import { AppError, type Json, LIMITS } from "@assay/core";
import { Context, Liquid, LiquidError, type Template } from "liquidjs";
import { BoundedCache } from "./bounded-cache.ts";
import {
  collectPartialUses,
  type ParsedPartials,
  PartialTag,
  type PartialUse,
  scopeOfPartials,
} from "./partial-tag.ts";
import { plainTemplateOf, renderPlain } from "./plain-template.ts";

/** A parsed Liquid template. */
export interface ParsedTemplate {
  /** Names it takes from outside; loop variables and what it assigns itself are not among them. */
  variables: readonly string[];
  /** Where each of them is first used. */
  places: ReadonlyMap<string, readonly [line: number, column: number]>;
  /** The partials it renders. */
  uses: readonly PartialUse[];
  /** What a partial of this text is made of. */
  templates: readonly Template[];
  /** Throws `template_invalid`. Templates rendered on one budget share its time and memory. */
  render(variables: Readonly<Record<string, Json>>, budget: RenderBudget): string;
}

/** Working time and memory, counted from when it was opened, for all the templates of one prompt together. */
export type RenderBudget = Pick<Context, "spawn">;

const liquid = openLiquid();
const parsed = new BoundedCache<ParsedTemplate>(4_000_000);

/**
 * Parses a template. `name` says in errors which one it is. Throws `template_invalid` with `line` and `column`.
 * Templates cannot read files, include others than their version's partials, reach a prototype, run long or build large strings, and what they
 * render depends on their variables alone: not on the clock, the time zone or chance.
 */
export function parseTemplate(text: string, name: string): ParsedTemplate {
  return parsed.getOrMake(`${name}\n${text}`, () =>
    refusing(name, () => {
      const { made: templates, uses } = collectPartialUses(() => liquid.parse(text, name));
      const plain = plainTemplateOf(text);
      const { globals } = liquid.analyzeSync(templates, { partials: false });
      return {
        variables: Object.keys(globals).sort(),
        places: firstPlaces(globals),
        uses,
        templates,
        render: (variables, budget) =>
          (plain && renderPlain(plain, variables)) ??
          refusing(name, () => renderText(templates, budget.spawn(variables))),
      };
    }),
  );
}

type Uses = Readonly<Record<string, readonly { location: { row: number; col: number } }[]>>;

function firstPlaces(uses: Uses): Map<string, [line: number, column: number]> {
  return new Map(
    Object.entries(uses).flatMap(([name, [first]]) =>
      first === undefined ? [] : [[name, [first.location.row, first.location.col]]],
    ),
  );
}

/** Starts the clock of one prompt. Its templates can render these partials and no others. */
export function openRenderBudget(partials: ParsedPartials = new Map()): RenderBudget {
  const context = new Context({}, liquid.options, { sync: true, globals: scopeOfPartials(partials) });
  countOnlyWork(context.renderLimit);
  return context;
}

/** However little of it was the template's: others wait for this thread meanwhile. */
const RENDER_WALL_MS = 10 * LIMITS.templateRenderMs;

/** Time this thread stood still, waiting for a processor or for memory, is not the template's: it must not refuse it. */
function countOnlyWork(limit: Context["renderLimit"]): void {
  const checkTime = limit.check.bind(limit);
  const openedMs = performance.now();
  let worked: NodeJS.CpuUsage | undefined;
  limit.check = (nowMs) => {
    worked ??= process.threadCpuUsage();
    if (nowMs - openedMs <= LIMITS.templateRenderMs) return;
    if (nowMs - openedMs > RENDER_WALL_MS) return checkTime(nowMs);
    const { user, system } = process.threadCpuUsage(worked);
    checkTime(openedMs + (user + system) / 1_000);
  };
}

function renderText(templates: Template[], context: Context): string {
  return String(liquid.renderSync(templates, context));
}

function openLiquid(): Liquid {
  const engine = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    // An optional variable may be asked for by `if` and `default` without being there.
    lenientIf: true,
    parseLimit: LIMITS.templateParseChars,
    renderLimit: LIMITS.templateRenderMs,
    memoryLimit: LIMITS.templateMemoryUnits,
    timezoneOffset: 0,
    locale: "en-US",
  });
  for (const tag of ["include", "layout", "block"]) delete engine.tags[tag];
  engine.registerTag("render", PartialTag);
  engine.unregisterFilter("sample");
  for (const name of Object.keys(engine.filters)) {
    if (name.startsWith("date")) refuseTheClock(engine, name);
  }
  return engine;
}

function refuseTheClock(engine: Liquid, name: string): void {
  const filter = engine.filters[name];
  if (typeof filter !== "function") return;
  engine.registerFilter(name, function (value, ...rest) {
    if (value === "now" || value === "today") {
      throw new Error(`"${value}" would render differently each time; pass the time as a variable`);
    }
    return filter.call(this, value, ...rest);
  });
}

function refusing<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!LiquidError.is(error)) throw templateRefusal(name, error.message, [null, null]);
    // What a partial did wrong is told of the partial, not of the message that rendered it.
    const { file } = (error as LiquidError).token;
    throw templateRefusal(file ?? name, error.message, positionOf(error as LiquidError));
  }
}

type Position = [line: number | null, column: number | null];

/** `template_invalid`, saying which template it is about and where in it. */
export function templateRefusal(template: string, message: string, [line, column]: Position): AppError {
  return new AppError("template_invalid", `${template}: ${message}`, { template, line, column });
}

function positionOf(error: LiquidError): Position {
  const [line, column] = error.token.getPosition();
  return [line ?? null, column ?? null];
}
