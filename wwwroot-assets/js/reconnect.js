// Says that the connection is lost, and recovers by itself: first the same circuit, then a fresh page.
const banner = document.getElementById("components-reconnect-modal");
const text = banner.querySelector("[data-text]");
const retryEvery = 2000;
let timer = null;

const show = message => {
  text.textContent = message;
  banner.hidden = false;
};

async function retry() {
  timer = null;
  try {
    // false: the server is there and does not know this page any more.
    if (!await window.Blazor.reconnect()) location.reload();
  } catch {
    timer = setTimeout(retry, retryEvery);
  }
}

banner.addEventListener("components-reconnect-state-changed", event => {
  const state = event.detail.state;
  if (state === "show" || state === "retrying") {
    show("Connection lost. Trying to reconnect… Nothing you decided is lost.");
  } else if (state === "hide") {
    clearTimeout(timer);
    banner.hidden = true;
  } else if (state === "failed") {
    show("The server cannot be reached. This page goes on by itself when it is back.");
    timer ??= setTimeout(retry, retryEvery);
  } else if (state === "rejected") {
    location.reload();
  }
});
