/* What is wrong with the site, over the page: a panel at the bottom that can be made small, and marks in the corner. */

/** Makes an element with a class, texts and other elements. A text stays a text, whatever it looks like. */
function make(name, kind, ...children) {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function button(kind, text, act) {
  const element = make("button", kind, text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/** A sentence, with what stands between `these signs` as code. */
function prose(kind, text) {
  const parts = text.split("`");
  return make("p", kind, ...(parts.length % 2 ? parts.map((part, at) => (at % 2 ? make("code", "", part) : part)) : [text]));
}

const counted = (list, word) => `${list.length} ${word}${list.length === 1 ? "" : "s"}`;

const place = ({ path, line, column }) => [path, line, line && column].filter(Boolean).join(":");

/** The line of the source, with a sign under the place that is meant. */
function excerpt({ excerpt: text, caret }) {
  if (!text) return null;
  if (caret === null || caret === undefined) return make("pre", "", text);
  const [sign = " "] = text.slice(caret);
  return make("pre", "", text.slice(0, caret), make("mark", "", sign), text.slice(caret + sign.length));
}

function opener({ open }) {
  if (!open) return null;
  const link = make("a", "", "Open in the editor");
  link.href = open;
  return link;
}

/** What fixes it, with a button that copies it. */
function copier({ fix }) {
  if (!fix) return null;
  const copy = button("copy", "Copy", async () => {
    try {
      await navigator.clipboard.writeText(fix);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "Not allowed: select and copy it";
    }
  });
  return make("p", "fix", "Fix: ", make("code", "", fix), " ", copy);
}

function item(one) {
  const head = make("p", "place", make("b", "", place(one) || "The site"), " ", make("code", "", one.code), " ", opener(one) ?? "");
  const notes = (one.notes ?? []).map((note) => prose("note", note));
  const hint = one.hint ? prose("hint", one.hint) : null;
  return make("li", one.severity, head, prose("message", one.message), excerpt(one), ...notes, hint, copier(one));
}

/** The marks, the panel, and which of the two lists it shows: "errors", "warnings" or none. */
export class Overlay {
  #root;
  #lists = { errors: [], warnings: [] };
  #open = "";
  #lost = false;
  #told = make("p", "hidden");
  #place = make("div", "overlay");

  /** Loads what it looks like, and stands ready. */
  async begin() {
    const style = await fetch(new URL("overlay.css", import.meta.url));
    const sheet = await new CSSStyleSheet().replace(await style.text()); // not a <style>: a policy of the page may forbid those
    const host = document.createElement("wol-preview");
    this.#root = host.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [sheet];
    this.#told.setAttribute("role", "alert");
    this.#root.append(this.#told, this.#place);
    document.documentElement.append(host);
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !this.#open) return;
      this.#show("");
    });
  }

  /** Shows errors; the panel opens if they are others than before, and goes when there are none. */
  errors(list) {
    const same = JSON.stringify(list) === JSON.stringify(this.#lists.errors);
    this.#lists.errors = list;
    if (same) return;
    this.#told.textContent = list.length ? `${counted(list, "error")}. ${place(list[0])} ${list[0].message}` : "";
    this.#show(list.length ? "errors" : this.#open === "warnings" ? "warnings" : "");
  }

  /** Counts warnings in the corner. */
  warnings(list) {
    this.#lists.warnings = list;
    this.#show(this.#open === "warnings" && !list.length ? "" : this.#open);
  }

  /** Says that nothing is heard of the server, or takes that back. */
  lost(is) {
    if (is === this.#lost) return;
    this.#lost = is;
    this.#show(this.#open);
  }

  #show(which) {
    const focused = this.#root.activeElement?.className;
    this.#open = which;
    this.#place.replaceChildren(this.#corner(), ...(which ? [this.#panel(this.#lists[which], which)] : []));
    const again = focused && this.#place.getElementsByClassName(focused)[0];
    (again || (focused && this.#place.querySelector("button")))?.focus();
  }

  #corner() {
    const marks = make("div", "corner");
    if (this.#lost) {
      const sign = make("p", "lost", "No connection to ", make("code", "", "wol serve"), ". Waiting for it.");
      sign.setAttribute("role", "status");
      marks.append(sign);
    }
    for (const which of ["warnings", "errors"]) {
      const list = this.#lists[which];
      if (!list.length || this.#open === which) continue;
      marks.append(button(`open-${which}`, counted(list, which.slice(0, -1)), () => this.#show(which)));
    }
    return marks;
  }

  #panel(list, which) {
    const title = make("h2", "", counted(list, which.slice(0, -1)));
    const note = which === "errors" ? "The page is still the last good one." : "The site was built.";
    const close = button("close", "Close", () => this.#show(""));
    close.title = "Close (Esc)";
    const rows = make("ol", "", ...list.map(item));
    rows.tabIndex = 0;
    rows.setAttribute("aria-label", title.textContent);
    const panel = make("section", which, make("header", "", title, make("p", "", note), close), rows);
    panel.setAttribute("aria-label", "What wol found");
    return panel;
  }
}
