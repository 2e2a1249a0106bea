// One pass over the page: its visible interactive elements, its text, its forms.
// Runs in an isolated world, so that the page's own scripts cannot see it or interfere. Changes nothing in the DOM.
(() => {
  const MAX_NODES = 40000, TEXT = 400, NAME = 200, POINTER_CHECKS = 1500;
  const SKIP = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "META", "LINK", "OBJECT", "EMBED", "SVG"]);
  const ROLES = new Set(["button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "menuitemcheckbox",
    "menuitemradio", "option", "textbox", "searchbox", "combobox", "slider", "spinbutton", "treeitem"]);
  const INPUT_ROLES = { checkbox: "checkbox", radio: "radio", range: "slider", number: "spinbutton", search: "searchbox",
    submit: "button", button: "button", reset: "button", image: "button", file: "button", color: "button" };
  const BLOCK = /^(DIV|P|LI|TD|TH|DD|DT|SECTION|ARTICLE|MAIN|FIGCAPTION|BLOCKQUOTE|PRE|CAPTION|LEGEND|FIELDSET|ASIDE)$/;
  const MESSAGE = /(^|[\s_-])(alert|flash|toast|error|errors|invalid-feedback|success|notice|message|notification)([\s_-]|$)/i;
  const LETTER_LAST = /[\p{L}\p{N}]$/u, LETTER_FIRST = /^[\p{L}\p{N}]/u;
  const fold = (text) => text.replace(/\s+/g, " ").trim();
  let found = [];
  let generation = 0;

  const shown = (el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // an element with "display: contents" has no box of its own, but what is in it is shown
  const rendered = (el) => el.checkVisibility() || getComputedStyle(el).display === "contents";
  const kids = (el) => el.shadowRoot ? el.shadowRoot.childNodes
    : el.tagName === "SLOT" && el.assignedNodes().length ? el.assignedNodes({ flatten: true }) : el.childNodes;

  // whether a person sees space on that side of an element, though there is none in the text: a badge, a tag
  const apartBy = (el, side) => {
    const style = getComputedStyle(el);
    if (style.display !== "inline" && style.display !== "contents") return style.cssFloat === "none";
    return parseFloat(style[`padding${side}`]) > 0 || parseFloat(style[`margin${side}`]) > 0;
  };

  // what a person reads inside an element, at most `limit` characters; `named`: without what only decorates it
  function textOf(root, limit, named = false) {
    let out = "";
    let seen = 0;
    let gap = false;
    const open = () => !gap && LETTER_LAST.test(out.slice(-2));
    const walk = (node) => {
      if (out.length > limit || ++seen > 2000) return;
      if (node.nodeType === 3) {
        if (!node.data) return;
        if (gap && LETTER_LAST.test(out.slice(-2)) && LETTER_FIRST.test(node.data)) out += " ";
        gap = false;
        out += node.data;
        return;
      }
      if (node.nodeType !== 1 || SKIP.has(node.tagName.toUpperCase())) return;
      if (node !== root && (!rendered(node) || (named && node.ariaHidden === "true"))) return;
      if (node.tagName === "SELECT" || node.tagName === "TEXTAREA") return;
      if (node.tagName === "IMG") { if (node.alt) out += ` ${node.alt} `; return; }
      const apart = node.tagName === "BR" || BLOCK.test(node.tagName) || /^(TR|UL|OL|TABLE|H[1-6])$/.test(node.tagName);
      if (apart) out += " ";
      else if (node !== root && open()) gap = apartBy(node, "Left");
      for (const kid of kids(node)) walk(kid);
      if (apart) out += " ";
      else if (node !== root && open()) gap = apartBy(node, "Right");
    };
    walk(root);
    return fold(out).slice(0, limit);
  }

  const byIds = (el, ids) => fold(ids.split(/\s+/).map((id) => {
    const other = el.getRootNode().getElementById ? el.getRootNode().getElementById(id) : null;
    return other ? textOf(other, NAME) : "";
  }).join(" "));

  function labelOf(el) {
    if (el.labels && el.labels.length) return textOf(el.labels[0], NAME);
    const cell = el.closest("td, dd");
    if (cell && cell.previousElementSibling && /^(TH|TD|DT)$/.test(cell.previousElementSibling.tagName))
      return textOf(cell.previousElementSibling, NAME);
    const set = el.closest("fieldset");
    const legend = set && set.querySelector("legend");
    if (legend) return textOf(legend, NAME);
    const before = el.previousElementSibling;
    if (before && /^(LABEL|SPAN|B|STRONG|P|DIV)$/.test(before.tagName)) return textOf(before, 80);
    return "";
  }

  function nameOf(el, role) {
    const ids = el.getAttribute("aria-labelledby");
    const direct = (ids && byIds(el, ids)) || fold(el.getAttribute("aria-label") || "");
    if (direct) return direct.slice(0, NAME);
    const tag = el.tagName;
    if (tag === "INPUT" || tag === "TEXTAREA" || tag === "SELECT") {
      if (/^(submit|button|reset)$/.test(el.type)) return fold(el.value || el.type);
      if (el.type === "image") return fold(el.alt || el.value || "");
      const label = el.labels && el.labels.length ? textOf(el.labels[0], NAME) : "";
      return label || fold(el.title || el.placeholder || "") || labelOf(el) || fold(el.name || "");
    }
    const text = textOf(el, NAME, true) || textOf(el, NAME);
    if (text) return text;
    const title = el.querySelector("svg title");
    return fold(el.title || (title && title.textContent) || el.dataset.label || "").slice(0, NAME);
  }

  function roleOf(el) {
    const given = (el.getAttribute("role") || "").split(/\s+/)[0];
    if (ROLES.has(given)) return given;
    switch (el.tagName) {
      case "A": return el.hasAttribute("href") ? "link" : null;
      case "BUTTON": case "SUMMARY": return "button";
      case "SELECT": return el.multiple ? "listbox" : "combobox";
      case "TEXTAREA": return "textbox";
      case "INPUT": return el.type === "hidden" ? null : INPUT_ROLES[el.type] || (el.list ? "combobox" : "textbox");
      default: return el.isContentEditable && !(el.parentElement && el.parentElement.isContentEditable) ? "textbox" : null;
    }
  }

  function nearbyOf(el, cache) {
    const group = el.closest("tr, li, article, fieldset, [role=row], [role=listitem], [class*=card], dd, p");
    let box = group;
    if (!box) {
      box = el.parentElement;
      for (let i = 0; box && i < 3 && box.parentElement && box.parentElement !== document.body; i++) {
        if (textOf(box.parentElement, 220).length > 200) break;
        box = box.parentElement;
      }
    }
    if (!box) return "";
    if (!cache.has(box)) cache.set(box, textOf(box, NAME));
    return cache.get(box);
  }

  function observe(caps) {
    generation += 1;
    found = [];
    const elements = [], chunks = [], names = new Map(), near = new WeakMap();
    const forms = [...document.forms];
    const formIndex = new Map(forms.map((form, i) => [form, i]));
    let visited = 0, pointerChecks = 0, truncated = false, heading = "";
    const modal = [...document.querySelectorAll("dialog[open], [aria-modal=true]")].filter(shown).pop() || null;

    const chunk = (kind, text, extra) => {
      if (!text) return;
      if (chunks.length >= caps.chunks) { truncated = true; return; }
      chunks.push({ kind, text: text.slice(0, TEXT), ...extra });
    };

    const push = (el, role, target, dx, dy) => {
      if (modal && !modal.contains(el)) return;
      if (elements.length >= caps.elements) { truncated = true; return; }
      const rect = target.getBoundingClientRect();
      const x = rect.x + dx, y = rect.y + dy;
      const name = nameOf(el, role);
      const field = el.tagName === "INPUT" || el.tagName === "TEXTAREA" || el.tagName === "SELECT";
      const label = field || role === "textbox" ? labelOf(el) : "";
      const href = el.tagName === "A" && el.href ? el.href : null;
      const path = href ? href.replace(/^[a-z]+:\/\/[^/]+/i, "").replace(/#.*$/, "") : "";
      const stem = [role, name.replace(/\d+/g, "#").slice(0, 80), label.slice(0, 40), path, el.name || ""].join("|");
      const count = names.get(stem) || 0;
      names.set(stem, count + 1);
      const toggles = el.type === "checkbox" || el.type === "radio";
      const out = { mark: elements.length, key: count ? `${stem}|${count}` : stem, role, tag: el.tagName.toLowerCase(), name,
        context: heading.slice(0, NAME), nearby: nearbyOf(el, near),
        box: { x, y, width: rect.width, height: rect.height } };
      if (el.tagName === "INPUT" || (el.tagName === "BUTTON" && el.form)) out.input_type = el.type;
      if (el.tagName === "SELECT") {
        out.value = fold(el.selectedOptions[0] ? el.selectedOptions[0].label : "");
        out.options = [...el.options].slice(0, 100).map((option) => fold(option.label || option.text));
      } else if (toggles) out.checked = el.checked;
      else if (field && out.role !== "button") out.value = el.type === "password" ? (el.value ? "••••" : "") : el.value.slice(0, 500);
      else if (role === "textbox") out.value = (el.innerText || "").slice(0, 500);
      if (el.placeholder) out.placeholder = el.placeholder;
      if (label) out.label = label;
      if (href) out.href = href;
      const aria = (attribute) => el.getAttribute(attribute);
      if (!toggles && aria("aria-checked")) out.checked = aria("aria-checked") === "true";
      if (aria("aria-selected")) out.selected = aria("aria-selected") === "true";
      if (aria("aria-current") && aria("aria-current") !== "false") out.selected = true;
      if (aria("aria-expanded")) out.expanded = aria("aria-expanded") === "true";
      else if (el.tagName === "SUMMARY") out.expanded = el.parentElement.open === true;
      if (el.required || aria("aria-required") === "true") out.required = true;
      if (el.matches(":disabled") || aria("aria-disabled") === "true") out.disabled = true;
      if (y + rect.height <= 0 || y >= innerHeight || x + rect.width <= 0 || x >= innerWidth) out.in_viewport = false;
      if (el.form && formIndex.has(el.form)) out.form = formIndex.get(el.form);
      elements.push(out);
      found.push({ el, target, dx, dy });
    };

    const interactive = (el, dx, dy, inside) => {
      let role = roleOf(el);
      if (!role && !inside) {
        const clickable = el.hasAttribute("onclick") || (el.tabIndex >= 0 && el.hasAttribute("tabindex") && el.childElementCount < 6);
        if (clickable) role = "button";
        else if (pointerChecks < POINTER_CHECKS && /^(DIV|SPAN|LI|IMG|I|TD|TH|A|LABEL)$/.test(el.tagName)) {
          pointerChecks += 1;
          const own = getComputedStyle(el).cursor === "pointer" && !(el.tagName === "LABEL" && el.control);
          if (own && !(el.parentElement && getComputedStyle(el.parentElement).cursor === "pointer")) role = "button";
        }
      }
      if (!role || el.closest("[inert]")) return false;
      let target = el;
      const rect = el.getBoundingClientRect();
      const seen = rect.width > 1 && rect.height > 1 && shown(el);
      if (!seen) {
        const label = el.labels && el.labels[0];
        if (!((el.type === "checkbox" || el.type === "radio" || el.type === "file") && label && shown(label))) return false;
        target = label;
      }
      push(el, role, target, dx, dy);
      return true;
    };

    // what a row is called: its first cell's link, where tags or notes stand behind it
    const subjectOf = (cell, text) => {
      const link = cell.querySelector("a[href]");
      const name = link ? textOf(link, NAME, true) : "";
      return name && text.startsWith(name) ? name : text;
    };

    const table = (el) => {
      const rows = [...el.rows].slice(0, 300).filter((row) => row.checkVisibility());
      const headRow = rows.find((row) => row.cells.length > 1 && [...row.cells].every((cell) => cell.tagName === "TH"));
      const heads = headRow ? [...headRow.cells].map((cell) => textOf(cell, 80)) : null;
      for (const row of rows) {
        if (row === headRow) continue;
        const cells = [...row.cells];
        const texts = cells.map((cell) => textOf(cell, NAME));
        const whole = fold(texts.join(" "));
        if (heads && cells.length === heads.length) {
          const subject = subjectOf(cells[0], texts[0]);
          for (let i = 1; i < cells.length; i++) {
            if (texts[i]) chunk("cell", `${texts[0]} ${heads[i]} ${texts[i]}`, { label: heads[i], value: texts[i], subject });
          }
          continue;
        }
        const labelled = cells.length === 2 && (cells[0].tagName === "TH" && cells[1].tagName === "TD" || /:$/.test(texts[0]));
        if (labelled && texts[0] && texts[1]) chunk("row", whole, { label: texts[0].replace(/:$/, ""), value: texts[1], subject: heading || null });
        else chunk("text", whole);
      }
    };

    const list = (el) => {
      let terms = [];
      for (const item of el.querySelectorAll("dt, dd")) {
        if (item.closest("dl") !== el || !item.checkVisibility()) continue;
        if (item.tagName === "DT") terms = [textOf(item, 80).replace(/:$/, "")];
        else if (terms.length) {
          const value = textOf(item, NAME);
          if (value) chunk("row", `${terms[0]} ${value}`, { label: terms[0], value, subject: heading || null });
        }
      }
    };

    const block = (text) => {
      const pair = /^([^:]{2,40}):\s+(.{1,120})$/.exec(text);
      if (pair && pair[1].split(" ").length <= 4 && !/[.!?]/.test(pair[1]))
        chunk("row", text, { label: pair[1], value: pair[2], subject: heading || null });
      else chunk("text", text);
    };

    const visit = (node, dx, dy, quiet, inside) => {
      if (++visited > MAX_NODES) { truncated = true; return; }
      if (node.nodeType !== 1) return;
      const tag = node.tagName.toUpperCase();
      if (SKIP.has(tag) || !rendered(node)) {
        if (tag === "INPUT" && /^(checkbox|radio)$/.test(node.type)) interactive(node, dx, dy, inside);
        return;
      }
      if (tag === "IFRAME") {
        let inner = null;
        try { inner = node.contentDocument; } catch { inner = null; }
        if (inner && inner.body) {
          const rect = node.getBoundingClientRect();
          visit(inner.body, dx + rect.x + node.clientLeft, dy + rect.y + node.clientTop, false, false);
        }
        return;
      }
      const level = /^H[1-6]$/.test(tag) ? Number(tag[1]) : node.getAttribute("role") === "heading" ? Number(node.getAttribute("aria-level") || 2) : 0;
      if (level && !quiet) {
        const text = textOf(node, NAME);
        if (text) { heading = text; chunk("heading", text, { level }); }
        quiet = true;
      } else if (!quiet) {
        const role = node.getAttribute("role");
        const words = role === "alert" || role === "status" || MESSAGE.test(node.getAttribute("class") || "");
        if (words) {
          const text = textOf(node, TEXT);
          if (text && text.length <= 300) { chunk("message", text); quiet = true; }
        } else if (tag === "TABLE") { table(node); quiet = true; }
        else if (tag === "DL") { list(node); quiet = true; }
        else if (tag === "NAV" || tag === "SELECT" || tag === "TEXTAREA") quiet = true;
        else {
          let direct = false;
          for (const kid of node.childNodes) if (kid.nodeType === 3 && /\S/.test(kid.data)) { direct = true; break; }
          if (direct && tag !== "BUTTON" && tag !== "LABEL") { block(textOf(node, TEXT)); quiet = true; }
        }
      }
      const did = interactive(node, dx, dy, inside);
      for (const kid of kids(node)) visit(kid, dx, dy, quiet, inside || did);
    };

    if (document.body) visit(document.body, 0, 0, false, false);
    const root = document.scrollingElement || document.documentElement;
    return { url: location.href, title: fold(document.title), elements, chunks, truncated, generation,
      forms: forms.slice(0, 40).map((form, index) => ({ index, method: (form.getAttribute("method") || "GET").toUpperCase() === "POST" ? "POST" : "GET",
        action: String(form.getAttribute("action") ? new URL(form.getAttribute("action"), location.href) : location.href),
        name: fold(form.getAttribute("aria-label") || (form.querySelector("legend, h1, h2, h3") || { textContent: "" }).textContent || "").slice(0, 100) })),
      viewport: [innerWidth, innerHeight], scroll_y: scrollY, scroll_height: root ? root.scrollHeight : 0 };
  }

  const describe = (el) => `<${el.tagName.toLowerCase()}${el.id ? ` id="${el.id}"` : ""}> "${textOf(el, 40)}"`;

  function deepest(x, y) {
    let el = document.elementFromPoint(x, y);
    for (let i = 0; el && i < 10; i++) {
      if (el.shadowRoot) {
        const inner = el.shadowRoot.elementFromPoint(x, y);
        if (!inner || inner === el) break;
        el = inner;
      } else if (el.tagName === "IFRAME") {
        let inner = null;
        try { inner = el.contentDocument; } catch { inner = null; }
        const rect = el.getBoundingClientRect();
        x -= rect.x + el.clientLeft; y -= rect.y + el.clientTop;
        const next = inner && inner.elementFromPoint(x, y);
        if (!next) break;
        el = next;
      } else break;
    }
    return el;
  }

  const within = (inner, outer) => {
    for (let el = inner; el; el = el.parentNode || el.host) if (el === outer) return true;
    return false;
  };

  function find(mark) {
    const item = found[mark];
    if (!item) return { error: `there is no element with mark ${mark}` };
    if (!item.el.isConnected) return { error: "the element is no longer on the page" };
    if (item.el.matches(":disabled") || item.el.getAttribute("aria-disabled") === "true") return { error: "the element is disabled" };
    return item;
  }

  function point(mark) {  // where to click, after scrolling there; or why it cannot be clicked
    const item = find(mark);
    if (item.error) return item;
    const { el, target } = item;
    let rect = target.getBoundingClientRect();
    const outside = () => rect.y + item.dy < 0 || rect.bottom + item.dy > innerHeight || rect.x + item.dx < 0 || rect.right + item.dx > innerWidth;
    if (outside()) {
      target.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      rect = target.getBoundingClientRect();
    }
    if (rect.width < 1 || rect.height < 1) return { error: "the element has no size" };
    let dx = 0, dy = 0;
    for (let doc = el.ownerDocument; doc !== document && doc.defaultView && doc.defaultView.frameElement; ) {
      const frame = doc.defaultView.frameElement, box = frame.getBoundingClientRect();
      dx += box.x + frame.clientLeft; dy += box.y + frame.clientTop;
      doc = frame.ownerDocument;
    }
    const lines = target.getClientRects();
    const first = lines.length > 1 ? lines[0] : rect;
    let cover = null;
    for (const [fx, fy] of [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.2], [0.5, 0.8]]) {
      const x = first.x + dx + first.width * fx, y = first.y + dy + first.height * fy;
      const hit = deepest(x, y);
      if (!hit) continue;
      const label = hit.closest && hit.closest("label");
      if (within(hit, target) || within(target, hit) && hit.tagName !== "BODY" && hit.tagName !== "HTML" && hit.tagName !== "DIALOG"
        && hit.childElementCount < 2 || (label && label.control === el)) return { x, y };
      cover = hit;
    }
    return { error: cover ? `it is covered by ${describe(cover)}` : "it is outside the visible page" };
  }

  function focus(mark, text) {  // ready to be typed into; fields that take no typing are set here
    const item = find(mark);
    if (item.error) return item;
    const el = item.el;
    if (el.readOnly) return { error: "the field is read-only" };
    el.scrollIntoView({ block: "nearest", behavior: "instant" });
    el.focus({ preventScroll: true });
    if (el.tagName === "INPUT" && /^(date|time|month|week|datetime-local|color|range|number)$/.test(el.type)) {
      const proto = el.ownerDocument.defaultView.HTMLInputElement.prototype;
      Object.getOwnPropertyDescriptor(proto, "value").set.call(el, text);
      if (el.value === "" && text !== "") return { error: `"${text.slice(0, 60)}" is no value of a ${el.type} field` };
      el.dispatchEvent(new Event("input", { bubbles: true }));
      el.dispatchEvent(new Event("change", { bubbles: true }));
      return { done: true };
    }
    if (el.tagName === "INPUT" || el.tagName === "TEXTAREA") {
      if (/^(checkbox|radio|submit|button|reset|file|image)$/.test(el.type)) return { error: "text cannot be typed into it" };
      el.select();
    } else if (el.isContentEditable) {
      el.ownerDocument.getSelection().selectAllChildren(el);
    } else return { error: "text cannot be typed into it" };
    return { done: false };
  }

  function choose(mark, label) {
    const item = find(mark);
    if (item.error) return item;
    const el = item.el;
    if (el.tagName !== "SELECT") return { error: "it is no drop-down" };
    const wanted = fold(label).toLowerCase();
    const option = [...el.options].find((one) => fold(one.label || one.text).toLowerCase() === wanted);
    if (!option) return { error: `it has no option "${label.slice(0, 80)}"` };
    if (option.disabled) return { error: `the option "${label.slice(0, 80)}" is disabled` };
    el.focus({ preventScroll: true });
    option.selected = true;
    el.dispatchEvent(new Event("input", { bubbles: true }));
    el.dispatchEvent(new Event("change", { bubbles: true }));
    return { done: true };
  }

  function settled(quiet, most) {  // resolves when the DOM has been still for `quiet` ms, or after `most` ms
    return new Promise((resolve) => {
      let timer = 0;
      const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(end, quiet); });
      const end = () => { observer.disconnect(); clearTimeout(last); resolve(true); };
      const last = setTimeout(end, most);
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      timer = setTimeout(end, quiet);
    });
  }

  const scroll = (down) => { const before = scrollY; scrollBy({ top: (down ? 0.8 : -0.8) * innerHeight, behavior: "instant" }); return scrollY !== before; };

  // Where links lead that are on the page and not shown: in closed sections, other tabs, menus.
  const folded = (most) => [...new Set([...document.querySelectorAll("a[href]")].filter((el) => !shown(el))
    .map((el) => el.href))].slice(0, most);

  // Half of a surrogate pair, which a cut may leave and a page may hold, can be neither stored nor sent.
  const wellFormed = (value) => {
    if (typeof value === "string") return value.isWellFormed() ? value : value.toWellFormed();
    if (value && typeof value === "object") for (const name in value) value[name] = wellFormed(value[name]);
    return value;
  };

  globalThis.pae = { observe: (caps) => wellFormed(observe(caps)), point, focus, choose, settled, scroll, folded };
})();
