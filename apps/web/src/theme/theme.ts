import { useSyncExternalStore } from "react";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "assay.theme";
const listeners = new Set<() => void>();
const darkSystem = matchMedia("(prefers-color-scheme: dark)");

function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === kept) ?? "system";
}

function isDark(): boolean {
  const theme = chosenTheme();
  return theme === "dark" || (theme === "system" && darkSystem.matches);
}

function apply(): void {
  document.documentElement.classList.toggle("dark", isDark());
  for (const listener of listeners) listener();
}

darkSystem.addEventListener("change", apply);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The chosen theme, whether it comes out dark, and how to choose another. */
export function useTheme(): { theme: Theme; isDark: boolean; choose(theme: Theme): void } {
  return {
    theme: useSyncExternalStore(subscribe, chosenTheme),
    isDark: useSyncExternalStore(subscribe, isDark),
    choose: (theme) => {
      localStorage.setItem(KEY, theme);
      apply();
    },
  };
}
