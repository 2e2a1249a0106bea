// Words for figures.

export const percent = (share) => (share === null || share === undefined ? "–" : `${Math.round(share * 100)} %`);
export const points = (share) => `${Math.round(share * 100)} points`;
export const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export function ago(text) {
  if (!text) return "";
  const seconds = Math.max(0, (Date.now() - new Date(text)) / 1000);
  if (seconds < 10) return "just now";
  if (seconds < 90) return `${Math.round(seconds)} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86400)} days ago`;
}

export const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

export function path(url) {
  try {
    const parsed = new URL(url);
    return parsed.pathname + parsed.search;
  } catch {
    return url;
  }
}

export const host = (url) => {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
};

export function actionWords(action, observation) {
  const element = observation?.elements.find((one) => one.mark === action.mark);
  const name = element ? element.name || element.label || element.placeholder || element.role : `mark ${action.mark}`;
  switch (action.type) {
    case "click": return `Click “${short(name, 60)}”`;
    case "type": return `Type “${short(action.text, 60)}” into “${short(name, 40)}”${action.submit ? " and send" : ""}`;
    case "select": return `Choose “${short(action.option, 60)}” in “${short(name, 40)}”`;
    case "scroll": return `Scroll ${action.direction}`;
    case "back": return "Go back";
    case "wait": return "Wait";
    case "answer":
      if (action.impossible) return "Say that it cannot be done";
      return action.text ? `Answer “${short(action.text, 80)}”` : "Say that it is done";
    default: return action.type;
  }
}

export const OUTCOMES = {
  success: "Success", failure: "Failure", unscored: "Unscored", blocked: "Blocked", stopped: "Stopped",
};

export const STATUS = {
  submitted: "Submitted", surveying: "Surveying", practising: "Practising", paused: "Paused", stopped: "Stopped",
  finished: "Finished", failed: "Failed",
};
