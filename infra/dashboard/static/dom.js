// Elements from data. Strings become text nodes, so that nothing a website says is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, item] of Object.entries(value)) element.style.setProperty(key, item);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

export const h = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children);
export const s = (tag, attributes, ...children) => build(document.createElementNS(SVG, tag), attributes, children);

// Rebuild a part of the page only when what it shows has changed.
export function section(node, draw) {
  let shown = null;
  return (data) => {
    const now = JSON.stringify(data);
    if (now === shown) return;
    shown = now;
    node.replaceChildren(...[draw(data)].flat(Infinity).filter(Boolean));
  };
}
