import { type Client, createClient } from "@assay/client";
import type { StartedServer } from "../../kit/start-server.ts";

const PASSWORD = "four plain words in a row";

/** Who and what a tenant has around its prompts: a colleague, an open invitation, a provider, an app's key, a moved label. */
export async function fillTeam({ url, keys }: StartedServer): Promise<void> {
  const airline = createClient({ baseUrl: url, key: keys.airline });
  const { token } = await airline.createInvitation({ email: "kim@example.com", role: "promoter" });
  await createClient({ baseUrl: url }).acceptInvitation({ token, name: "Kim Vale", password: PASSWORD });
  await airline.createInvitation({ email: "lee@example.com", role: "editor" });
  await airline.createConnection({ slug: "openai", kind: "openai", baseUrl: "https://api.openai.com/v1" });
  await airline.createHostedModel({ slug: "gpt", connection: "openai", providerModel: "gpt-4o-mini" });
  await airline.createKey({ name: "support desk", role: "viewer" });
  await moveStaging(airline);
}

async function moveStaging(airline: Client): Promise<void> {
  for (const version of [1, 2, 3]) {
    await airline.moveLabel({ prompt: "support-triage", label: "staging", version });
  }
}
