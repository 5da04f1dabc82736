// Runs before the first paint, so that a dark page never flashes white.
(() => {
  const key = "desk.theme";
  const media = window.matchMedia("(prefers-color-scheme: dark)");
  const choice = () => {
    try { return localStorage.getItem(key) ?? "system"; } catch { return "system"; }
  };
  const apply = () => {
    const chosen = choice();
    const dark = chosen === "dark" || (chosen === "system" && media.matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    return dark;
  };
  apply();
  window.deskTheme = { key, choice, apply, media };
})();
