/* The page in the browser: what the server gave for it, and how it gets up to date. */
import { loadStyles } from "./files.js";
import { morph, relate } from "./morph.js";
import { hold } from "./view.js";

const OURS = "script[data-tag]";
const RUNS = /^$|javascript|ecmascript|^module$|^importmap$/i;

/** Takes from a page which version it is, and of which edition its files are, in the server's words; nothing else of the script's own element differs between versions. */
function take(page) {
  const script = page.querySelector(OURS);
  const { tag, edition } = script?.dataset ?? {};
  for (const name of ["data-tag", "data-edition"]) script?.setAttribute(name, "");
  return { tag, edition };
}

/** Asks the server for this page; `tag` is undefined if what comes cannot be put in the place of what is shown. */
async function read() {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const moves = answer.redirected || page.querySelector("meta[http-equiv=refresh i]");
  return { page, tag: moves ? undefined : take(page).tag };
}

/** The scripts of a page that run, as text: if these differ, only loading the page can do what they do. */
function scripts(page) {
  const running = [...page.querySelectorAll(`script:not(${OURS})`)].filter((one) => RUNS.test(one.type));
  return JSON.stringify(running.map((one) => [one.type, one.getAttribute("src"), one.textContent]));
}

/** A page that follows its source. */
export class Page {
  tag;
  edition;
  #served = null;
  #busy = false;
  #late = false;

  constructor() {
    ({ tag: this.tag, edition: this.edition } = take(document));
  }

  /** Remembers what was served, before anything changes. */
  async begin() {
    const { page, tag } = await read();
    if (tag === this.tag) this.#served = page;
  }

  /** Gets what the server has now. Calls while that goes on become one more turn. */
  async update() {
    if (this.#busy) {
      this.#late = true;
      return;
    }
    this.#busy = true;
    try {
      do {
        this.#late = false;
        if (!(await this.#turn())) {
          location.reload();
          return;
        }
      } while (this.#late);
    } finally {
      this.#busy = false;
    }
  }

  /** Gives false if the page must be loaded again. */
  async #turn() {
    const { page: fresh, tag } = await read();
    const served = this.#served;
    if (!tag || !served || scripts(fresh) !== scripts(served)) return false;
    if (!served.head.isEqualNode(fresh.head)) {
      const first = relate(served, fresh);
      if (!first) return false;
      await loadStyles(served, fresh, first.origins);
    }
    const relation = relate(served, fresh); // only now: scripts may have worked while style sheets came
    if (!relation) return false;
    const restore = hold();
    try {
      if (!morph(fresh, relation)) return false;
    } catch (problem) {
      console.error(problem);
      return false;
    }
    restore();
    this.#served = fresh;
    this.tag = tag;
    return true;
  }
}
