import { expect, test } from "vitest";
import { checkBaseUrl } from "./check-base-url.ts";

const anywhere = { isHostAllowed: () => true };
const nowhere = { isHostAllowed: () => false };

test("an address without credentials on an allowed host passes", () => {
  expect(() => checkBaseUrl(anywhere, "https://provider.test:8443/openai/v1/")).not.toThrow();
});

test.each([
  "https://user:pass@provider.test/v1",
  "https://user@provider.test/v1",
  "https://:pass@provider.test",
])("an address that carries credentials in plain sight is refused: %s", (baseUrl) => {
  expect(() => checkBaseUrl(anywhere, baseUrl)).toThrow(expect.objectContaining({ code: "invalid_input" }));
});

test.each(["https://provider.test/v1?key=1", "https://provider.test/v1#x"])(
  "an address with a query or a fragment is refused: %s",
  (baseUrl) => {
    expect(() => checkBaseUrl(anywhere, baseUrl)).toThrow(expect.objectContaining({ code: "invalid_input" }));
  },
);

test("the refusal of a host names it and the setting that allows it", () => {
  expect(() => checkBaseUrl(nowhere, "https://provider.test/v1")).toThrow(
    "Connections to https://provider.test are not allowed. The operator allows hosts with ASSAY_ALLOWED_HOSTS.",
  );
});
