/* A worker that all windows of a preview share: it holds one line to the server, and passes on what is meant for each window. */

const NAMES = ["changed", "files", "errors", "fine", "warnings"];
const TOGETHER = 20; // milliseconds in which windows that open are put on one line

const views = new Map(); // port of a window to what it shows
let source = null;
let timer = 0;

function query(shown) {
  if (shown.length > 1) return new URLSearchParams({ views: JSON.stringify(shown.map(({ path, tag, edition }) => [path, tag ?? "", String(edition)])) });
  const [{ path, tag, edition }] = shown;
  return new URLSearchParams({ path, edition, ...(tag !== undefined && { tag }) });
}

function connect() {
  source?.close();
  source = null;
  const ports = [...views.keys()];
  if (ports.length === 0) return;
  const line = new EventSource(`/.wol/events?${query([...views.values()])}`);
  const all = (name) => ports.forEach((port) => port.postMessage({ name }));
  source = line;
  line.addEventListener("open", () => all("open"));
  line.addEventListener("error", () => {
    line.close();
    all("error"); // each window comes again
  });
  for (const name of NAMES) {
    line.addEventListener(name, ({ data, lastEventId }) => ports[Number(lastEventId)]?.postMessage({ name, data }));
  }
}

addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = ({ data: { view, quiet } }) => {
    if (quiet) {
      if (views.has(port)) views.set(port, view);
      return;
    }
    if (view) views.set(port, view);
    else if (!views.delete(port)) return;
    clearTimeout(timer);
    timer = setTimeout(connect, TOGETHER);
  };
});
