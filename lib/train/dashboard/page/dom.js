/** @file The few operations on the document that this page does; text is only ever set as text. */
import { visible } from "./format.js";

/**
 * The element of an id, which index.html has.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`no ${kind.name} with id '${id}'`);
  return element;
}

/** @param {string} id */
export const element = (id) => byId(id, HTMLElement);
/** @param {string} id */
export const button = (id) => byId(id, HTMLButtonElement);

/**
 * A new element with a class and a text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} [className]
 * @param {string} [text]
 */
export function make(name, className, text) {
  const made = document.createElement(name);
  if (className !== undefined && className !== "") made.className = className;
  if (text !== undefined) made.textContent = visible(text);
  return made;
}

/**
 * Sets a text where it has changed; what is the same is not laid out again.
 * @param {Element} target
 * @param {string} text
 */
export function setText(target, text) {
  const safe = visible(text);
  if (target.textContent !== safe) target.textContent = safe;
}

/**
 * @param {Element} target
 * @param {string} className
 */
export function setClass(target, className) {
  if (target.getAttribute("class") !== className) target.setAttribute("class", className);
}
