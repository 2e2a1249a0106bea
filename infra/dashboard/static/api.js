// The API, with the key that was entered in this browser tab.

const KEY = "pae-key";
let loginShown = null;

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function onLogin(show) {
  loginShown = show;
}

export function remember(key) {
  sessionStorage.setItem(KEY, key);
}

async function ask(method, path, body) {
  const headers = {};
  const key = sessionStorage.getItem(KEY);
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refused(0, "The API does not answer. It is asked again until it does.");
  }
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 401) loginShown?.(Boolean(key));
  throw new Refused(answer.status, problem.detail || `The API answered ${answer.status}.`);
}

async function json(method, path, body) {
  const answer = await ask(method, path, body);
  return answer.status === 204 ? null : answer.json();
}

export const get = (path) => json("GET", path);
export const post = (path, body) => json("POST", path, body);
export const put = (path, body) => json("PUT", path, body);
export const remove = (path) => json("DELETE", path);

// Pictures need the key as well, which an <img> cannot send.
const pictures = new Map();
export async function picture(path) {
  if (!pictures.has(path)) {
    if (pictures.size > 200) for (const [old, url] of [...pictures].slice(0, 100)) { URL.revokeObjectURL(url); pictures.delete(old); }
    const answer = await ask("GET", path);
    if (answer.status === 204) throw new Refused(204, "There is no picture.");
    pictures.set(path, URL.createObjectURL(await answer.blob()));
  }
  return pictures.get(path);
}
