/* What `wol serve` adds to the pages that it shows: they follow their sources, and say what is wrong. */
import { swapFiles } from "./files.js";
import { Overlay } from "./overlay.js";
import { Page } from "./page.js";

const AGAIN = 500;
const QUIET = 1500;

const page = new Page();
const overlay = new Overlay();
let source = null;
let path = location.pathname;
let own = true; // whether the path is still the one that the page was loaded from
let timer = 0;
let silence = 0;

const handlers = {
  changed: () => (own ? page.update().catch(connectLater) : location.reload()), // without an answer: the next connection says what to do
  files: ({ paths, edition }) => {
    page.edition = edition;
    if (!swapFiles(paths)) location.reload();
  },
  errors: (list) => overlay.errors(list),
  fine: () => overlay.errors([]),
  warnings: (list) => overlay.warnings(list),
};

function disconnect() {
  source?.close();
  source = null;
  clearTimeout(timer);
}

/** Listens to the server, as long as the page is looked at: a hidden tab would only hold one of the browser's few connections. */
function connect() {
  disconnect();
  if (document.visibilityState === "hidden") return;
  const query = new URLSearchParams({ path, edition: page.edition, ...(own && { tag: page.tag }) });
  source = new EventSource(`/.wol/events?${query}`);
  source.addEventListener("open", () => {
    clearTimeout(silence);
    silence = 0;
    overlay.lost(false);
  });
  source.addEventListener("error", () => {
    connectLater();
    silence ||= setTimeout(() => overlay.lost(true), QUIET);
  });
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data || "null")));
  }
}

function connectLater() {
  disconnect();
  timer = setTimeout(connect, AGAIN);
}

document.addEventListener("visibilitychange", connect);
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => event.persisted && connect());
globalThis.navigation?.addEventListener("currententrychange", () => {
  if (location.pathname === path) return;
  path = location.pathname;
  own = false;
  connect();
});

await overlay.begin();
connect();
await page.begin().catch(() => {});
