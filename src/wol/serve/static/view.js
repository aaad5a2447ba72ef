/* The view: what the reader looks at stays where it is when something above it grows or shrinks. */

const MANY = 12;

/** The elements that begin in the window, each with its distance from the window's top; not what is fixed there whatever the text does. */
function* inSight(parent) {
  for (const element of parent.children) {
    const { top, bottom, height } = element.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight || /fixed|sticky/.test(getComputedStyle(element).position)) continue;
    if (top >= 0 && height > 0) yield { element, top };
    yield* inSight(element);
  }
}

/** Remembers the view; the function that is given back restores it. At the very top of a page it stays at the top. */
export function hold() {
  const seen = [];
  for (const one of scrollY > 0 ? inSight(document.body) : []) {
    if (seen.push(one) === MANY) break;
  }
  return () => {
    const anchor = seen.find(({ element }) => element.isConnected);
    const moved = anchor ? anchor.element.getBoundingClientRect().top - anchor.top : 0;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  };
}
