/* What `wol serve` adds to the pages that it shows: they follow their sources, and say what is wrong. */
import { swapFiles } from "./files.js";
import { Overlay } from "./overlay.js";
import { Page } from "./page.js";
import { Stream } from "./stream.js";

const AGAIN = 500;
const QUIET = 1500;

const page = new Page();
const overlay = new Overlay();
const stream = new Stream();
let path = location.pathname;
let own = true; // whether the path is still the one that the page was loaded from
let timer = 0;
let silence = 0;

const handlers = {
  changed: () => (own ? page.update().then(() => stream.know(view())).catch(connectLater) : location.reload()), // without an answer: the next connection says what to do
  files: ({ paths, edition }) => {
    page.edition = edition;
    stream.know(view());
    if (!swapFiles(paths)) location.reload();
  },
  errors: (list) => overlay.errors(list),
  fine: () => overlay.errors([]),
  warnings: (list) => overlay.warnings(list),
};

const view = () => ({ path, edition: page.edition, tag: own ? page.tag : undefined });

function disconnect() {
  stream.close();
  clearTimeout(timer);
}

/** Listens to the server, as long as the page is looked at. */
function connect() {
  disconnect();
  if (document.visibilityState === "hidden") return;
  stream.open(view(), (name, data) => {
    if (name === "open") {
      clearTimeout(silence);
      silence = 0;
      overlay.lost(false);
    } else if (name === "error") {
      connectLater();
      silence ||= setTimeout(() => overlay.lost(true), QUIET);
    } else {
      handlers[name](JSON.parse(data || "null"));
    }
  });
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
