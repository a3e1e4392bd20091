import { describe, expect, test } from "vitest";
import { readFixture } from "../testing/stand-in-provider.ts";
import { mapFailure } from "./map-failure.ts";
import { ProviderError } from "./provider-error.ts";
import { UpstreamFault } from "./upstream-fault.ts";

const SECRET = "canary-secret-value";
const CONTEXT = { secret: SECRET, providerModel: "gpt-9" };

async function answered(status: number, fixture: string, headers: Record<string, string> = {}) {
  const text = String(await readFixture(fixture));
  const body = fixture.endsWith(".json") ? JSON.parse(text) : undefined;
  return new ProviderError({ status, headers, body });
}

const refusing = (body: unknown) => new ProviderError({ status: 400, headers: {}, body });

describe("mapFailure", () => {
  test.each([
    [400, "error-400-context.json", "context_length_exceeded", false],
    [400, "error-400-llama-server.json", "context_length_exceeded", false],
    [400, "error-400-parameter.json", "unsupported_parameter", false],
    [400, "error-400-azure-filter.json", "refused_by_provider", false],
    [401, "error-401.json", "unauthorized", false],
    [403, "error-401.json", "unauthorized", false],
    [404, "error-404.json", "invalid_request", false],
    [422, "error-404.json", "invalid_request", false],
    [408, "error-503.json", "timeout", true],
    [409, "error-503.json", "unavailable", true],
    [429, "error-429-rate.json", "rate_limited", true],
    [429, "error-429-quota.json", "rate_limited", false],
    [500, "error-500.html", "upstream_error", true],
    [502, "error-500.html", "unavailable", true],
    [503, "error-503.json", "unavailable", true],
    [504, "error-500.html", "unavailable", true],
  ] as const)("%i with %s is %s, retryable %s", async (...[status, fixture, code, retryable]) => {
    expect(mapFailure(await answered(status, fixture), CONTEXT)).toMatchObject({ code, retryable });
  });

  test("a 404 names the model that the provider does not know", async () => {
    const { message } = mapFailure(await answered(404, "error-404.json"), CONTEXT);
    expect(message).toBe('The provider knows no model "gpt-9" at this address.');
  });

  test.each([
    [{ "retry-after": "20" }, 20_000],
    [{ "retry-after": "1.5" }, 1_500],
    [{ "retry-after-ms": "250", "retry-after": "1" }, 250],
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:30 GMT", date: "Wed, 21 Oct 2026 07:28:00 GMT" }, 30_000],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-5" }, undefined],
    [{}, undefined],
  ])("a rate limit with headers %j asks for %s ms", async (headers, expected) => {
    const error = await answered(429, "error-429-rate.json", headers as Record<string, string>);
    expect(mapFailure(error, CONTEXT).retryAfterMs).toBe(expected);
  });

  test.each([
    [new UpstreamFault("host_not_allowed"), "invalid_request", false],
    [new UpstreamFault("first_byte_timeout"), "timeout", true],
    [new UpstreamFault("idle_timeout"), "timeout", true],
    [new UpstreamFault("total_timeout"), "timeout", true],
    [new UpstreamFault("answer_too_large"), "upstream_error", false],
    [new UpstreamFault("cut_off"), "upstream_error", true],
    [new UpstreamFault("closed"), "unavailable", true],
    [new DOMException("aborted", "AbortError"), "cancelled", false],
    [new UpstreamFault("unreachable"), "unavailable", true],
    [new UpstreamFault("redirected"), "upstream_error", false],
    [new UpstreamFault("too_many_calls"), "queue_full", true],
    [new UpstreamFault("not_json"), "upstream_error", false],
    [new UpstreamFault("not_a_completion"), "upstream_error", false],
    [new UpstreamFault("compressed"), "upstream_error", false],
    [new UpstreamFault("broken_off"), "upstream_error", true],
    [new SyntaxError("malformed"), "upstream_error", true],
    [new TypeError("terminated"), "upstream_error", true],
    ["a string", "upstream_error", true],
    [undefined, "upstream_error", true],
  ])("%s is %s", (error, code, retryable) => {
    expect(mapFailure(error, CONTEXT)).toMatchObject({ code, retryable });
  });

  test.each(["error", "bare", "message"])("survives a body that is not shaped as expected (%s)", (shape) => {
    const bodies: Record<string, object> = {
      error: { error: "no" },
      bare: [1],
      message: { error: { message: {} } },
    };
    expect(mapFailure(refusing(bodies[shape]), CONTEXT).message).toBe("The provider refused the request.");
  });

  test("no message repeats a key, a header or a body", async () => {
    const errors = [
      await answered(401, "error-401.json"),
      await answered(500, "error-500.html", { "x-internal": SECRET }),
      refusing({ error: { message: `bad key ${SECRET}` } }),
      refusing({ error: { message: `${"x ".repeat(139)}${SECRET}` } }),
    ];
    for (const error of errors) {
      const { message } = mapFailure(error, CONTEXT);
      expect(message).not.toMatch(/canary|sk-|wxyz|Bearer|10\.4\.7|DOCTYPE/);
    }
  });
});
