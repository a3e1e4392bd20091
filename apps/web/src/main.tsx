import "./theme/theme.css";
import { createRouter } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/query-client.ts";
import { App } from "./app.tsx";
import { Waiting } from "./components/loaded.tsx";
import { startI18n } from "./i18n/start-i18n.ts";
import { routeTree } from "./routes.ts";

const router = createRouter({
  routeTree,
  context: { queries: queryClient },
  defaultPreload: "intent",
  defaultPendingComponent: Waiting,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

// The style by which an open dialog holds the page still; its library looks for the nonce here.
Object.assign(globalThis, {
  __webpack_nonce__: document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce,
});

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
await startI18n();
createRoot(root).render(<App router={router} />);
