import type { HostedTarget } from "@assay/core";
import { engineContract } from "../testing/engine-contract.ts";
import { standInModel } from "../testing/stand-in-model.ts";
import { startStandInProvider } from "../testing/stand-in-provider.ts";
import { openHostedEngine } from "./openai-engine.ts";

// A stand-in for a vendor: it proves our side of the wire, and says nothing about any vendor's model.
for (const connectionKind of ["openai", "openai-compatible", "azure-openai"] as const) {
  engineContract(`hosted, ${connectionKind}`, {
    async open() {
      const provider = await startStandInProvider({ script: standInModel({ contextWords: 500 }) });
      const engine = openHostedEngine({ allowedHosts: [provider.origin] });
      const target: HostedTarget = {
        kind: "hosted",
        connectionKind,
        connectionId: "con_contract",
        baseUrl: connectionKind === "azure-openai" ? provider.origin : provider.baseUrl,
        apiVersion: connectionKind === "azure-openai" ? "2024-10-21" : undefined,
        secret: "stand-in",
        providerModel: "stand-in",
      };
      const close = async () => {
        await engine.close();
        await provider.close();
      };
      return { engine, target, close };
    },
    wordsPastContext: 501,
    unsupported: (request) => ({
      ...request,
      target: { ...(request.target as HostedTarget), providerModel: "reasoning-only" },
    }),
  });
}
