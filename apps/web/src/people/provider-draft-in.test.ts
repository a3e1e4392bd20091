import { IdentityProviderDraft } from "@assay/core";
import { expect, test } from "vitest";
import { INVITED_ONLY, providerDraftIn } from "./provider-draft-in.ts";

function form(more: Record<string, string> = {}): FormData {
  const data = new FormData();
  const values = {
    issuer: " https://id.airline.test ",
    clientId: "assay",
    clientSecret: "",
    domains: "",
    ...more,
  };
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

test("a secret that was left empty is not mentioned, so that the stored one stays", () => {
  expect(providerDraftIn(form({ defaultRole: INVITED_ONLY }))).toEqual({
    issuer: "https://id.airline.test",
    clientId: "assay",
    domains: [],
    enforced: false,
    defaultRole: null,
  });
});

test("everything else is sent as it was typed, in a form that the server takes", () => {
  const draft = providerDraftIn(
    form({
      clientSecret: "s3cret",
      domains: "airline.test, @crew.airline.test",
      defaultRole: "viewer",
      enforced: "on",
    }),
  );
  expect(IdentityProviderDraft.parse(draft)).toMatchObject({
    clientSecret: "s3cret",
    domains: ["airline.test", "crew.airline.test"],
    defaultRole: "viewer",
    enforced: true,
  });
});

test("nobody becomes an admin by arriving", () => {
  expect(providerDraftIn(form({ defaultRole: "admin" })).defaultRole).toBeNull();
});

test("a secret that is to go is taken away, whatever else was typed", () => {
  const draft = providerDraftIn(form({ clientSecret: "typed", forgetSecret: "on" }));
  expect(IdentityProviderDraft.parse(draft).clientSecret).toBeNull();
});
