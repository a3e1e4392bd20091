import { type EngineFailure, invariant, type ResponseFormat } from "@assay/core";
import type { Llama, LlamaGrammar } from "node-llama-cpp";
import { localFailure } from "../local-failure.ts";
import { toGrammarSchema } from "./grammar-schema.ts";

type LibrarySchema = Parameters<Llama["createGrammarForJsonSchema"]>[0];

const CACHE_ENTRIES_MAX = 32;

/** The library ends each schema's grammar with newlines to wait for; the model's own end of turn says it sooner. */
const NEWLINE_TAIL = / "(\\n){4}" \[\\n\]\*(?=\n|$)/;

const JSON_OBJECT = String.raw`root ::= object
value ::= object | array | string | number | "true" | "false" | "null"
object ::= "{" ws ( string ":" ws value ws ( "," ws string ":" ws value ws )* )? "}"
array ::= "[" ws ( value ws ( "," ws value ws )* )? "]"
string ::= "\"" ( [^"\\\x7F\x00-\x1F] | "\\" ( ["\\/bfnrt] | "u" [0-9a-fA-F]{4} ) )* "\""
number ::= "-"? ( "0" | [1-9] [0-9]{0,15} ) ( "." [0-9]{1,16} )? ( [eE] [-+]? [0-9]{1,3} )?
ws ::= | " " | "\n" [ \t]{0,20}
`;

export type AnswerGrammar = { grammar: LlamaGrammar | undefined } | { failure: EngineFailure };

/** Makes the grammars that responses are held to. A grammar holds no state, so requests share it. */
export class AnswerGrammars {
  readonly #llama: Llama;
  readonly #known = new Map<string, LlamaGrammar>();

  constructor(llama: Llama) {
    this.#llama = llama;
  }

  async for(format: ResponseFormat | undefined): Promise<AnswerGrammar> {
    if (!format || format.type === "text") return { grammar: undefined };
    const key = format.type === "json_object" ? "" : JSON.stringify(format.json_schema.schema);
    const known = this.#known.get(key);
    if (known) return { grammar: known };
    const text =
      format.type === "json_object" ? JSON_OBJECT : await this.#schemaGrammar(format.json_schema.schema);
    if (typeof text !== "string") return { failure: localFailure("unsupported_parameter", text.refused) };
    const grammar = await this.#llama.createGrammar({ grammar: text });
    if (this.#known.size >= CACHE_ENTRIES_MAX) this.#known.delete(this.#known.keys().next().value ?? "");
    this.#known.set(key, grammar);
    return { grammar };
  }

  async #schemaGrammar(schema: unknown): Promise<string | { refused: string }> {
    const translated = toGrammarSchema(schema);
    if ("refused" in translated) return translated;
    try {
      const { grammar } = await this.#llama.createGrammarForJsonSchema(translated.schema as LibrarySchema);
      invariant(NEWLINE_TAIL.test(grammar), "the library's grammars no longer end as they did");
      return grammar.replace(NEWLINE_TAIL, "");
    } catch (error) {
      if (error instanceof Error && error.name === "InvariantError") throw error;
      return { refused: "Local models cannot follow this JSON Schema." };
    }
  }
}
