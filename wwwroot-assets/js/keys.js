// Shortcuts of the page: never inside an input, never with a modifier that means something else.
const typing = element =>
  element instanceof HTMLElement &&
  (element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName));

const nameOf = event => {
  if (event.altKey || event.metaKey && !event.ctrlKey && event.key.toLowerCase() !== "z") return null;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "z" && !event.shiftKey ? "Ctrl+Z" : null;
  if (event.shiftKey && event.key.toLowerCase() !== event.key.toUpperCase()) return null;
  return event.key.length === 1 ? event.key.toUpperCase() : event.key;
};

export function listen(component, keys) {
  const known = new Set(keys);
  const handler = event => {
    if (event.defaultPrevented || event.isComposing || event.repeat && !["J", "K"].includes(event.key.toUpperCase())) return;
    if (typing(event.target) || document.querySelector(".mud-dialog") && event.key !== "Escape") return;
    const name = nameOf(event);
    if (name === null || !known.has(name)) return;
    event.preventDefault();
    component.invokeMethodAsync("OnKey", name);
  };
  document.addEventListener("keydown", handler);
  return { stop: () => document.removeEventListener("keydown", handler) };
}

// Brings a card into view without moving anything that is visible already.
export function reveal(id) {
  document.getElementById(id)?.scrollIntoView({ block: "nearest" });
}

export function toTop(id) {
  document.getElementById(id)?.scrollTo({ top: 0 });
}
