import type { GenerateRequest } from "@assay/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerKey } from "./answer-key.ts";

type About = Parameters<typeof answerKey>[1];

const text = fc.string({ maxLength: 20 });
const hash = fc.stringMatching(/^[0-9a-f]{8}$/);
const message = fc.record({ role: fc.constantFrom("system", "user", "assistant"), content: text });
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

/** Every field that an answer depends on, each with other values that it could have. */
const REQUEST = {
  input: fc.record({ messages: fc.array(message, { minLength: 1, maxLength: 3 }) }),
  sampling: fc.record({
    temperature: optional(fc.constantFrom(0, 0.5, 1)),
    topP: optional(fc.constantFrom(0.5, 1)),
    maxTokens: optional(fc.integer({ min: 1, max: 100 })),
    seed: optional(fc.integer({ min: 0, max: 1_000 })),
    stop: optional(fc.array(text, { maxLength: 2 })),
  }),
  responseFormat: optional(fc.constantFrom({ type: "text" as const }, { type: "json_object" as const })),
  tools: optional(
    fc.array(fc.record({ type: fc.constant("function" as const), function: fc.record({ name: text }) }), {
      maxLength: 2,
    }),
  ),
  toolChoice: optional(fc.constantFrom("auto", "none")),
  topLogprobs: optional(fc.integer({ min: 0, max: 5 })),
};
const ABOUT = { model: hash, adapter: fc.option(hash), engineBuild: text, repeat: fc.nat({ max: 20 }) };

const target: GenerateRequest["target"] = { kind: "local", modelSha256: "m", modelPath: "/m" };
const anyRequest = fc.record(REQUEST).map((rest) => ({ target, ...rest }) as GenerateRequest);
const anyAbout: fc.Arbitrary<About> = fc.record(ABOUT);

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

describe("the key of an answer", () => {
  it.each(Object.keys(REQUEST) as (keyof typeof REQUEST)[])("changes with the request's %s", (field) => {
    const another: fc.Arbitrary<unknown> = REQUEST[field];
    fc.assert(
      fc.property(anyRequest, anyAbout, another, (request, about, value) => {
        fc.pre(!same(request[field], value));
        const changed = { ...request, [field]: value } as GenerateRequest;
        expect(answerKey(changed, about)).not.toBe(answerKey(request, about));
      }),
    );
  });

  it.each(Object.keys(ABOUT) as (keyof typeof ABOUT)[])("changes with the %s", (field) => {
    const another: fc.Arbitrary<unknown> = ABOUT[field];
    fc.assert(
      fc.property(anyRequest, anyAbout, another, (request, about, value) => {
        fc.pre(!same(about[field], value));
        expect(answerKey(request, { ...about, [field]: value } as About)).not.toBe(answerKey(request, about));
      }),
    );
  });

  it("changes with each single part of the sampling and each single word of a message", () => {
    fc.assert(
      fc.property(anyRequest, anyAbout, anyRequest, (request, about, other) => {
        for (const part of Object.keys(other.sampling) as (keyof GenerateRequest["sampling"])[]) {
          if (same(request.sampling[part], other.sampling[part])) continue;
          const sampling = { ...request.sampling, [part]: other.sampling[part] };
          expect(answerKey({ ...request, sampling }, about)).not.toBe(answerKey(request, about));
        }
      }),
    );
  });

  it("is the same for the same request, wherever its model's file lies and in whatever order its fields are", () => {
    fc.assert(
      fc.property(anyRequest, anyAbout, (request, about) => {
        const reversed = Object.fromEntries(Object.entries(request).reverse()) as unknown as GenerateRequest;
        const elsewhere = { ...reversed, target: { ...target, modelPath: "/elsewhere" } } as GenerateRequest;
        expect(answerKey(elsewhere, about)).toBe(answerKey(request, about));
      }),
    );
  });
});
