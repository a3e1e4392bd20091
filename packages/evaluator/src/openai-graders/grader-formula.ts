/** A formula over named numbers. NaN and infinities come out as they are. */
export type GraderFormula = (values: ReadonlyMap<string, number>) => number;

type Node = GraderFormula;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)|([A-Za-z_]\w*)|([-+*/^(),]))/y;

const FUNCTIONS: ReadonlyMap<string, (...values: number[]) => number> = new Map([
  ["min", Math.min],
  ["max", Math.max],
  ["abs", Math.abs],
  ["floor", Math.floor],
  ["ceil", Math.ceil],
  ["exp", Math.exp],
  ["sqrt", Math.sqrt],
  ["log", Math.log],
] as [string, (...values: number[]) => number][]);

/** Parentheses, signs and powers may nest so deep. */
const DEPTH_MAX = 64;

/** A formula that cannot be read, with the reason. */
export class FormulaError extends Error {}

/**
 * Reads the `calculate_output` of OpenAI's multi graders: numbers, the names in `names`, + - * / ^ with the usual
 * precedence (^ binds to the right and before a sign), parentheses, and min, max, abs, floor, ceil, exp, sqrt, log.
 * Nothing is evaluated but this grammar. Throws FormulaError.
 */
export function compileGraderFormula(text: string, names: ReadonlySet<string>): GraderFormula {
  const parser = new Parser(text, names);
  const formula = parser.sum(0);
  if (parser.peek() !== undefined) throw new FormulaError(`"${parser.peek()}" is not expected there`);
  return formula;
}

class Parser {
  readonly #tokens: string[];
  readonly #names: ReadonlySet<string>;
  #at = 0;

  constructor(text: string, names: ReadonlySet<string>) {
    this.#names = names;
    this.#tokens = tokensOf(text);
  }

  peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  sum(depth: number): Node {
    let left = this.#product(depth);
    for (let operator = this.peek(); operator === "+" || operator === "-"; operator = this.peek()) {
      this.#at++;
      const [a, b, sign] = [left, this.#product(depth), operator === "+" ? 1 : -1];
      left = (values) => a(values) + sign * b(values);
    }
    return left;
  }

  #product(depth: number): Node {
    let left = this.#signed(depth);
    for (let operator = this.peek(); operator === "*" || operator === "/"; operator = this.peek()) {
      this.#at++;
      const [a, b] = [left, this.#signed(depth)];
      left = operator === "*" ? (values) => a(values) * b(values) : (values) => a(values) / b(values);
    }
    return left;
  }

  #signed(depth: number): Node {
    if (depth > DEPTH_MAX) throw new FormulaError("it is nested too deep");
    const sign = this.peek();
    if (sign !== "-" && sign !== "+") return this.#power(depth);
    this.#at++;
    const value = this.#signed(depth + 1);
    return sign === "-" ? (values) => -value(values) : value;
  }

  #power(depth: number): Node {
    const base = this.#atom(depth);
    if (this.peek() !== "^") return base;
    this.#at++;
    const exponent = this.#signed(depth + 1);
    return (values) => base(values) ** exponent(values);
  }

  #atom(depth: number): Node {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new FormulaError("it ends too early");
    if (token === "(") {
      const inner = this.sum(depth + 1);
      this.#expect(")");
      return inner;
    }
    if (/^[\d.]/.test(token)) return () => Number(token);
    if (this.peek() === "(") return this.#call(token, depth);
    if (!this.#names.has(token)) throw new FormulaError(`"${token}" is none of the graders`);
    return (values) => values.get(token) ?? Number.NaN;
  }

  #call(name: string, depth: number): Node {
    const compute = FUNCTIONS.get(name);
    if (compute === undefined) throw new FormulaError(`there is no function "${name}"`);
    this.#expect("(");
    const given: Node[] = [this.sum(depth + 1)];
    while (this.peek() === ",") {
      this.#at++;
      given.push(this.sum(depth + 1));
    }
    this.#expect(")");
    if (given.length > 1 && name !== "min" && name !== "max")
      throw new FormulaError(`${name} takes one value`);
    return (values) => compute(...given.map((value) => value(values)));
  }

  #expect(token: string): void {
    if (this.#tokens[this.#at++] !== token) throw new FormulaError(`a "${token}" is missing`);
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== "") {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw new FormulaError(`"${text.slice(from).trim().slice(0, 10)}" is not understood`);
    tokens.push(found[1] ?? found[2] ?? found[3] ?? "");
  }
  return tokens;
}
