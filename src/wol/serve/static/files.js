/* Style sheets and pictures: new ones are loaded before the old ones go, so that no frame is shown without them. */

const PATIENCE = 3000;

/** Waits until a style sheet is there or is known not to come; tells which. */
function loaded(link) {
  return new Promise((done) => {
    link.addEventListener("load", () => done(true));
    link.addEventListener("error", () => done(false));
    setTimeout(done, PATIENCE, false);
  });
}

/** The address of a file with a query that no cache knows, if it is one of the paths; else null. */
function renewed(address, paths) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || !paths.has(url.pathname)) return null;
  url.searchParams.set("wol", Date.now());
  return url.href;
}

async function renew(link, address) {
  const next = link.cloneNode();
  next.href = address;
  const ready = loaded(next);
  link.after(next);
  ((await ready) ? link : next).remove();
}

/**
 * Loads the style sheets of `fresh` that the page does not have yet, each behind the one that it follows in `fresh`.
 * They are put into `served` as well, as if they had always been there. `origins` leads from nodes of the page to those of `served`.
 */
export async function loadStyles(served, fresh, origins) {
  const shown = new Map([...origins].map(([node, origin]) => [origin, node]));
  const sheets = (page) => [...page.head.children].filter((one) => one.matches("link[rel~=stylesheet][href]"));
  const old = new Map(sheets(served).map((link) => [link.getAttribute("href"), link]));
  const waiting = [];
  let before = null;
  for (const link of sheets(fresh)) {
    const known = old.get(link.getAttribute("href"));
    const twin = known ?? served.importNode(link);
    if (!known) {
      const next = document.importNode(link);
      waiting.push(loaded(next));
      if (before) {
        before.after(twin);
        shown.get(before).after(next);
      } else {
        served.head.prepend(twin);
        document.head.prepend(next);
      }
      shown.set(twin, next);
    }
    before = twin;
  }
  await Promise.all(waiting);
}

/** Shows files anew that changed under the same address. Gives false if the page must be loaded again for one. */
export function swapFiles(changed) {
  const paths = new Set(changed);
  for (const script of document.scripts) {
    if (script.src && renewed(script.src, paths)) return false;
  }
  for (const link of document.querySelectorAll("link[rel~=stylesheet][href], link[rel~=icon][href]")) {
    const address = renewed(link.href, paths);
    if (address) renew(link, address);
  }
  for (const image of document.images) {
    const address = renewed(image.currentSrc || image.src, paths);
    if (address && (image.srcset || image.closest("picture"))) return false;
    if (address) image.src = address;
  }
  return true;
}
