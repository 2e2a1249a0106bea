// Takes the place of MiniWoB++'s start screen, clock and reward display: the episode begins when the page is loaded,
// lasts until the task ends it, and its raw reward is told to the server alone. Loaded right after core.js.
(() => {
  const { task, seed } = document.currentScript.dataset;
  const nothing = () => {};
  let state = "waiting";

  for (const name of ["createDisplay", "reloadDisplay", "updateDisplay", "hideDisplay", "countdownTimer", "clearTimer",
    "canvasClear", "canvasDrawClick", "canvasDrawElementClick"]) core[name] = nothing;

  core.startEpisode = core.startEpisodeReal = () => {
    if (state !== "waiting") return;
    Math.seedrandom(seed);
    core.resetRefCode();
    genProblem();
    core.clearUserSelection();
    document.documentElement.scrollTop = document.body.scrollTop = 0;
    core.ept0 = Date.now();
    state = "running";
    document.documentElement.dataset.episode = state;
  };

  core.endEpisode = (reward) => {
    if (state !== "running") return;
    state = "over";
    WOB_DONE_GLOBAL = true;
    fetch("/__episode", { method: "POST", keepalive: true, body: new URLSearchParams({ task, reward: String(reward) }) });
    const style = document.createElement("style");
    style.textContent = "body > :not(#episode-over) { display: none !important }";
    document.head.append(style);
    const over = document.createElement("p");
    over.id = "episode-over";
    over.style.cssText = "background: white; margin: 0; padding: 1em";
    over.textContent = "The episode is over.";
    document.body.append(over);
    document.documentElement.dataset.episode = state;
  };
})();
