// The theme chosen in this browser: light, dark or system.
let listener = null;

export const read = () => ({ choice: window.deskTheme.choice(), dark: window.deskTheme.apply() });

export function choose(choice) {
  try { localStorage.setItem(window.deskTheme.key, choice); } catch { /* private browsing: for this page only */ }
  return { choice, dark: window.deskTheme.apply() };
}

export function watch(component) {
  listener = () => component.invokeMethodAsync("OnSystemThemeChanged", window.deskTheme.apply());
  window.deskTheme.media.addEventListener("change", listener);

  // Kept here and now: a page that is left at once would not hear the server's word to keep it.
  document.getElementById("desk-name")?.addEventListener("change", event => saveName(event.target.value));
}

export function unwatch() {
  if (listener) window.deskTheme.media.removeEventListener("change", listener);
  listener = null;
}

export function readName() {
  try { return localStorage.getItem("desk.name") ?? ""; } catch { return ""; }
}

function saveName(name) {
  try { localStorage.setItem("desk.name", name); } catch { /* private browsing: for this page only */ }
}
