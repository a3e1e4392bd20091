import {
  type Context,
  type Emitter,
  Hash,
  type Liquid,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
  TypeGuards,
} from "liquidjs";

/** One `{% render 'name', … %}` of a template. */
export interface PartialUse {
  name: string;
  /** What it hands on; a partial sees nothing else. */
  parameters: readonly string[];
  line: number;
  column: number;
}

/** Partials by name, parsed. */
export type ParsedPartials = ReadonlyMap<string, { templates: readonly Template[]; chars: number }>;

/** No template can name a symbol, so that partials are no variable of any of them. */
const PARTIALS = Symbol("partials");

/** The globals of a context whose templates can render these partials. */
export function scopeOfPartials(partials: ParsedPartials): Record<string, unknown> {
  return { [PARTIALS]: partials } as Record<string, unknown>;
}

let collected: PartialUse[] | undefined;

/** What `parse` makes, and the partials that it met on the way. */
export function collectPartialUses<T>(parse: () => T): { made: T; uses: PartialUse[] } {
  const uses: PartialUse[] = [];
  collected = uses;
  try {
    return { made: parse(), uses };
  } finally {
    collected = undefined;
  }
}

/**
 * `{% render 'name', key: value %}`: the text of a partial, which sees the values it is handed and nothing else. The
 * library's own tag looks files up, takes names from variables and has two forms more; none of it is wanted here. Time
 * and memory are the rendering prompt's.
 */
export class PartialTag extends Tag {
  readonly #name: string;
  readonly #hash: Hash;
  readonly #liquid: Liquid;

  constructor(token: TagToken, remainTokens: TopLevelToken[], liquid: Liquid) {
    super(token, remainTokens, liquid);
    this.#liquid = liquid;
    this.#name = this.#readName();
    this.tokenizer.skipBlank();
    if (!this.tokenizer.end() && this.tokenizer.peek() !== ",") throw new Error(SYNTAX);
    this.#hash = new Hash(this.tokenizer, liquid.options.keyValueSeparator);
    if (!this.tokenizer.end() || Object.values(this.#hash.hash).includes(undefined)) throw new Error(SYNTAX);
    const [line = 1, column = 1] = token.getPosition();
    collected?.push({ name: this.#name, parameters: Object.keys(this.#hash.hash), line, column });
  }

  #readName(): string {
    const value = this.tokenizer.readValue();
    if (value === undefined || !TypeGuards.isQuotedToken(value)) throw new Error(SYNTAX);
    return value.content;
  }

  override *render(ctx: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const partials = (ctx.globals as { [PARTIALS]?: ParsedPartials })[PARTIALS];
    const partial = partials?.get(this.#name);
    if (partial === undefined) throw new Error(`there is no partial "${this.#name}"`);
    ctx.memoryLimit.use(partial.chars);
    const handed = (yield this.#hash.render(ctx)) as Record<string, unknown>;
    yield this.#liquid.renderer.renderTemplates([...partial.templates], ctx.spawn(handed), emitter);
  }

  /** For the analysis of which variables a template uses. */
  *arguments() {
    for (const value of Object.values(this.#hash.hash)) if (value !== undefined) yield value;
  }
}

const SYNTAX =
  "write {% render 'name' %}, with a name in quotes and what to hand on as key: value after commas";
