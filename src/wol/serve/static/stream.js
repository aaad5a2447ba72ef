/* The line to the server, by which it tells of changes. A browser has six connections to a server at most, so all windows share one line. */

const NAMES = ["changed", "files", "errors", "fine", "warnings"];

/** A line of this window alone, for browsers without shared workers. */
class OwnLine {
  #source = null;

  open({ path, tag, edition }, hear) {
    this.close();
    const query = new URLSearchParams({ path, edition, ...(tag !== undefined && { tag }) });
    this.#source = new EventSource(`/.wol/events?${query}`);
    for (const name of ["open", "error", ...NAMES]) this.#source.addEventListener(name, (event) => hear(name, event.data));
  }

  know() {}

  close() {
    this.#source?.close();
    this.#source = null;
  }
}

/** A line that a worker holds for all windows. */
class SharedLine {
  #port;
  #hear = null;

  constructor() {
    const worker = new SharedWorker("/.wol/shared.js", { name: "wol" });
    worker.addEventListener("error", () => this.#hear?.("failed"));
    this.#port = worker.port;
    this.#port.onmessage = ({ data: { name, data } }) => this.#hear?.(name, data);
  }

  open(view, hear) {
    this.#hear = hear;
    this.#port.postMessage({ view });
  }

  know(view) {
    if (this.#hear) this.#port.postMessage({ view, quiet: true });
  }

  close() {
    this.#hear = null;
    this.#port.postMessage({});
  }
}

/** Hears of changes of the page that a window shows. */
export class Stream {
  #line = typeof SharedWorker === "undefined" ? new OwnLine() : new SharedLine();

  /** Begins to listen for a view, `{ path, tag, edition }`; `hear` gets the name of each event and its data, and `open` and `error`. */
  open(view, hear) {
    this.#line.open(view, (name, data) => {
      if (name !== "failed") {
        hear(name, data);
        return;
      }
      this.#line = new OwnLine();
      this.#line.open(view, hear);
    });
  }

  /** Says which version the window shows by now, for when the line is opened anew. */
  know(view) {
    this.#line.know(view);
  }

  close() {
    this.#line.close();
  }
}
