import { createLazyRoute, Outlet } from "@tanstack/react-router";
import { Menu as MenuIcon } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/button.tsx";
import { Waiting } from "../components/loaded.tsx";
import { SideBar } from "./side-bar.tsx";
import { useFocusOnArrival } from "./use-focus-on-arrival.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const CommandPalette = lazy(async () => ({
  default: (await import("./command-palette.tsx")).CommandPalette,
}));
const ShortcutsDialog = lazy(async () => ({
  default: (await import("./shortcuts-dialog.tsx")).ShortcutsDialog,
}));
const LoginAgainDialog = lazy(async () => ({
  default: (await import("./login-again-dialog.tsx")).LoginAgainDialog,
}));

export const route = createLazyRoute("/person")({ component: AppFrame });

/** The frame of everybody who is logged in: side bar, content, and what can be called up over them. */
function AppFrame() {
  const { t } = useTranslation("shell");
  const [isSideBarOpen, setSideBarOpen] = useState(false);
  const { open, show, close } = useShortcuts();
  const content = useRef<HTMLElement>(null);
  useFocusOnArrival(content);
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only rounded-lg bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60"
      >
        {t("skipToContent")}
      </a>
      <SideBar
        isOpen={isSideBarOpen}
        onClose={() => setSideBarOpen(false)}
        onPalette={() => show("palette")}
      />
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex items-center gap-2 border-b border-line bg-surface px-3 py-2 md:hidden">
          <IconButton
            label={t("openNavigation")}
            icon={<MenuIcon className="size-5" aria-hidden />}
            onClick={() => setSideBarOpen(true)}
          />
          <span className="font-semibold">Assay</span>
        </header>
        <main id="content" ref={content} tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Suspense fallback={null}>
        {open === "palette" && <CommandPalette onClose={close} onShortcuts={() => show("shortcuts")} />}
        {open === "shortcuts" && <ShortcutsDialog onClose={close} />}
        {open === "login" && <LoginAgainDialog onDone={close} />}
      </Suspense>
    </div>
  );
}
