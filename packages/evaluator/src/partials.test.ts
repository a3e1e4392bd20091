import { LIMITS, PromptContent } from "@assay/core";
import { describe, expect, it, vi } from "vitest";
import { checkPromptContent } from "./check-prompt-content.ts";
import { renderPrompt } from "./render-prompt.ts";

const ANY = { type: "object", additionalProperties: true };

function contentOf(system: string, partials: Record<string, string>): PromptContent {
  const messages = [{ role: "system", content: system }];
  const given = Object.keys(partials).length > 0 && { partials };
  return PromptContent.parse({ messages, ...given, variables: ANY, model: "m" });
}

function render(system: string, partials: Record<string, string>, variables = {}): unknown {
  const content = contentOf(system, partials);
  checkPromptContent(content);
  return renderPrompt(content, { variables })[0]?.content;
}

function refusalOf(work: () => unknown): { code: string; message: string; details: Record<string, unknown> } {
  try {
    work();
  } catch (error) {
    return error as never;
  }
  throw new Error("nothing was refused");
}

describe("a partial", () => {
  it("is rendered where a message or another partial takes it in, with what it is handed", () => {
    const partials = {
      footer: "-- {{ name }}{% render 'legal', year: 2026 %}",
      legal: "{% if year > 2000 %} © {{ year }}{% endif %}",
    };
    expect(render("Hello. {% render 'footer', name: user %}", partials, { user: "Ann" })).toBe(
      "Hello. -- Ann © 2026",
    );
    expect(render('{% render "a" %}{% render "a" %}', { a: "x" })).toBe("xx");
  });

  it("sees nothing but what it is handed, and cannot be read as a variable", () => {
    const refusal = refusalOf(() => render("{% render 'a' %}", { a: "{{ user }}" }, { user: "Ann" }));
    expect(refusal.code).toBe("template_invalid");
    expect(refusal.message).toContain("{% render 'a', user: user %}");
    expect(refusal.details).toMatchObject({ template: "messages[0]", line: 1, column: 1 });
    expect(refusalOf(() => render("{% render 'a' %}{{ partials.a }}", { a: "secret" })).code).toBe(
      "template_invalid",
    );
    expect(render("{% assign x = 1 %}{% render 'a' %}{{ x }}", { a: "{% assign x = 2 %}" })).toBe("1");
  });

  it("must be there, with line and column of who asks for it", () => {
    const unknown = refusalOf(() => render("Hello.\n  {% render 'foter' %}", { footer: "x" }));
    expect(unknown.message).toBe('messages[0]: there is no partial "foter". There are: footer.');
    expect(unknown.details).toEqual({ template: "messages[0]", line: 2, column: 3 });
    const inner = refusalOf(() => render("{% render 'a' %}", { a: "\n{% render 'b' %}" }));
    expect(inner.details).toEqual({ template: "partials.a", line: 2, column: 1 });
    expect(refusalOf(() => checkPromptContent(contentOf("{% render 'a' %}", {}))).message).toContain(
      "There are none.",
    );
  });

  it("is named in quotes and handed values by name, and nothing else", () => {
    for (const tag of [
      "{% render name %}",
      "{% render 'a' with user %}",
      "{% render 'a' for users as user %}",
      "{% render 'a', user %}",
      "{% render 'a' user: 1 %}",
      "{% render %}",
    ]) {
      expect(refusalOf(() => render(tag, { a: "x" })).details, tag).toMatchObject({ line: 1, column: 1 });
    }
    for (const path of ["/etc/passwd", "../a", "__proto__", "constructor"]) {
      const refusal = refusalOf(() => render(`{% render 'a' %}{% render '${path}' %}`, { a: "x" }));
      expect(refusal.message, path).toContain(`there is no partial "${path}"`);
    }
    for (const tag of ["include", "layout", "block"]) {
      expect(refusalOf(() => render(`{% ${tag} 'a' %}`, { a: "x" })).code, tag).toBe("template_invalid");
    }
  });

  it("does not render itself, nest too deep or lie about unused", () => {
    const circle = refusalOf(() =>
      render("{% render 'a' %}", { a: "{% render 'b' %}", b: "{% render 'a' %}" }),
    );
    expect(circle.message).toContain("a → b → a");
    const nest = (depth: number) =>
      Object.fromEntries(
        Array.from({ length: depth }, (_, n) => [
          `p${n}`,
          n + 1 < depth ? `{% render 'p${n + 1}' %}` : "end",
        ]),
      );
    expect(render("{% render 'p0' %}", nest(LIMITS.partialDepthMax))).toBe("end");
    expect(refusalOf(() => render("{% render 'p0' %}", nest(LIMITS.partialDepthMax + 1))).message).toContain(
      "deep",
    );
    expect(refusalOf(() => render("Hello.", { a: "x" })).message).toContain(
      "No message renders the partials a",
    );
  });

  it("is told of by its own name when it does not parse or fails", () => {
    expect(refusalOf(() => render("{% render 'a' %}", { a: "\n{% if %}" })).details).toMatchObject({
      template: "partials.a",
      line: 2,
    });
    const failing = { a: "x\n{{ value | nosuch }}" };
    expect(refusalOf(() => render("{% render 'a', value: 1 %}", failing)).details).toMatchObject({
      template: "partials.a",
      line: 2,
    });
  });

  it("shares the prompt's time and memory, however often it is multiplied", () => {
    const ten = (name: string) => `{% render '${name}' %}`.repeat(10);
    const bomb = Object.fromEntries(
      Array.from({ length: LIMITS.partialDepthMax }, (_, n) => [
        `p${n}`,
        n + 1 < LIMITS.partialDepthMax ? ten(`p${n + 1}`) : "x".repeat(1_000),
      ]),
    );
    expect(refusalOf(() => render(ten("p0"), bomb)).code).toBe("template_invalid");
    const wide = { a: "y".repeat(90_000) };
    // No time passes, so that memory is what runs out first on every machine.
    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    try {
      const refusal = refusalOf(() => render("{% for i in (1..100) %}{% render 'a' %}{% endfor %}", wide));
      expect(refusal.message).toContain("memory");
    } finally {
      clock.mockRestore();
    }
  });
});
