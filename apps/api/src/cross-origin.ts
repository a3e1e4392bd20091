import type { Route } from "@assay/core";

const A_DAY_S = 86_400;

/**
 * Lets web pages of any origin read the answer. No credentials: a browser sends none and shows no answer to a request
 * with some, so that nobody's page acts in somebody else's name.
 */
export function openToOrigins(response: Response): Response {
  response.headers.set("access-control-allow-origin", "*");
  response.headers.set("access-control-expose-headers", "x-request-id, retry-after");
  return response;
}

/** The answer to a browser that asks whether it may call the route. */
export function preflightResponse({ method }: Route): Response {
  return openToOrigins(
    new Response(null, {
      status: 204,
      headers: {
        "access-control-allow-methods": method,
        "access-control-allow-headers": "content-type, idempotency-key",
        "access-control-max-age": String(A_DAY_S),
      },
    }),
  );
}
