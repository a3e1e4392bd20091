// Before the first paint, so that nobody who chose the dark theme sees a white page first.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("assay.theme");
  } catch {
    // A browser that keeps nothing follows the system.
  }
  const isDark =
    chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", isDark);
})();
