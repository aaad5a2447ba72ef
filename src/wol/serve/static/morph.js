/*
 * From the page that is shown to the page that is to be shown, by touching only what its author changed.
 *
 * Three documents have a part in it: `served`, what the server gave; the page itself, which is that with what its reader and its scripts
 * have done since; and `fresh`, what the server gives now. What is the same in `served` and `fresh` is left alone. So typed text,
 * opened details, films that play, and what scripts have set on elements stay.
 */
import { Idiomorph } from "./idiomorph.js";

const MARK = "wol-mark-";
const NAMES = ["id", "name", "rel"];

/** The elements that are there once among some and what is in them, by their HTML. */
function unique(elements) {
  const found = new Map();
  for (const element of elements.flatMap((one) => [one, ...one.querySelectorAll("*")])) {
    const html = element.outerHTML;
    found.set(html, found.has(html) ? null : element);
  }
  return found;
}

/** Finds what is the same in two elements: adds pairs of their descendants to `same`, where one is in no other. */
function compare(served, fresh, same) {
  const [before, after] = [[...served.children], [...fresh.children]];
  const most = Math.min(before.length, after.length);
  let [start, end] = [0, 0];
  while (start < most && before[start].isEqualNode(after[start])) same.set(before[start], after[start++]);
  while (end < most - start && before.at(-1 - end).isEqualNode(after.at(-1 - end))) same.set(before.at(-1 - end), after.at(-1 - end++));
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const isPair = old.length === 1 && now.length === 1 && old[0].nodeName === now[0].nodeName;
  if (isPair || served.nodeName === "HTML") {
    old.forEach((one, at) => compare(one, now[at], same));
    return same;
  }
  const candidates = unique(old);
  const taken = new Set();
  for (const [html, element] of unique(now)) {
    const twin = candidates.get(html);
    if (element && taken.has(element.parentElement)) taken.add(element);
    else if (element && twin) {
      same.set(twin, element);
      taken.add(element);
    }
  }
  return same;
}

/** Whether two nodes can be the same one, before and after scripts have set this and that. */
function alike(node, other) {
  if (node.nodeName !== other.nodeName) return false;
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeValue === other.nodeValue;
  const names = node.nodeName === "SCRIPT" ? [...NAMES, "src"] : NAMES;
  return names.every((name) => node.getAttribute(name) === other.getAttribute(name));
}

/** The children of <html>, <head> or <body> without those that scripts and extensions of the browser have put among them. */
function ownChildren(element, served) {
  let at = 0;
  return [...element.childNodes].filter((node) => at < served.length && alike(node, served[at]) && ++at);
}

function pair(node, served, same, origins) {
  origins.set(node, served);
  if (node.nodeName === "NOSCRIPT") return true; // text where scripts run, elements where they do not
  if (same.has(served) && node.isEqualNode(served)) return true;
  const then = [...served.childNodes];
  const now = /^(HTML|HEAD|BODY)$/.test(node.nodeName) ? ownChildren(node, then) : [...node.childNodes];
  return now.length === then.length && now.every((child, at) => alike(child, then[at]) && pair(child, then[at], same, origins));
}

/**
 * Finds out how `served` became `fresh`, and what of the page was made of what; null where scripts have rebuilt the text of the page.
 * `same` leads from parts of `served` to the same in `fresh`; `origins` from nodes of the page to those of `served`, but not into what is the same.
 */
export function relate(served, fresh) {
  const same = compare(served.documentElement, fresh.documentElement, new Map());
  const origins = new Map();
  return pair(document.documentElement, served.documentElement, same, origins) ? { same, origins } : null;
}

/** Gives what is the same an id for the time of the morph, by which it is found again; what is not of the server gets one that is nowhere else. */
function mark({ same, origins }) {
  let count = 0;
  const name = (...nodes) => {
    count += 1;
    for (const node of nodes) node.hasAttribute("id") || node.setAttribute("id", MARK + count);
  };
  for (const [node, origin] of origins) {
    if (same.has(origin)) name(node, same.get(origin));
  }
  for (const parent of [document.documentElement, document.head, document.body]) {
    if (same.has(origins.get(parent))) continue;
    for (const node of parent.children) {
      if (!origins.has(node)) name(node);
    }
  }
}

function unmark(page) {
  for (const node of page.querySelectorAll(`[id^="${MARK}"]`)) node.removeAttribute("id");
}

/**
 * Makes the page what `fresh` is. `relation` is what `relate` gave.
 * Gives false if it became another, as happens where ids are not unique: then the page must be loaded again.
 */
export function morph(fresh, relation) {
  const { same, origins } = relation;
  const becomes = new Map();
  mark(relation);
  Idiomorph.morph(document.documentElement, fresh.documentElement, {
    head: { style: "morph" },
    callbacks: {
      beforeNodeMorphed(node, to) {
        becomes.set(node, to);
        const origin = origins.get(node);
        return !origin || !(same.get(origin) === to || origin.isEqualNode(to) || node.nodeName === "NOSCRIPT");
      },
      beforeAttributeUpdated(name, node) {
        const origin = origins.get(node);
        return !origin || origin.getAttribute(name) !== becomes.get(node).getAttribute(name);
      },
      beforeNodeRemoved: (node) => origins.has(node),
    },
  });
  const isDone = pair(document.documentElement, fresh.documentElement, new Set(same.values()), new Map());
  unmark(document);
  unmark(fresh);
  return isDone;
}
