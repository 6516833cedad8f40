// Asks for what is new, and draws it. All text goes in as text: nothing from a run is ever read as markup.

const KEEP_TRYING_MILLIS = 2000;

// A point, as the server sends it.
const STAGE = 0, END = 1, WIDTH = 2, DUE = 3, ENDED = 4, FAILED = 5, P50 = 6, P95 = 7, P99 = 8, MAX = 9, GAUGES = 10;

const byId = id => document.getElementById(id);
const page = Array.from(crypto.getRandomValues(new Uint8Array(8)), b => b.toString(16).padStart(2, "0")).join("");
const runs = new Map();
const charts = new Map();
let board = null; // of which JVM all this is
let version = 0;
let chosen = null; // the run that somebody asked for; null for the last
let over = false;
let allure = null;

function element(name, text, classes) {
  const made = document.createElement(name);
  if (text !== undefined) {
    made.textContent = text;
  }
  if (classes) {
    made.className = classes;
  }
  return made;
}

/** Three digits, as the reports have them. */
function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return "-";
  }
  const size = Math.abs(value);
  const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : Math.min(9, 2 - Math.floor(Math.log10(size)));
  return value.toLocaleString("en", { maximumFractionDigits: digits });
}

function nanos(value) {
  if (value === null || value === undefined) {
    return "-";
  }
  return value < 999.5 ? number(value) + " ns"
    : value < 999.5e3 ? number(value / 1e3) + " us"
    : value < 999.5e6 ? number(value / 1e6) + " ms"
    : seconds(value / 1e9);
}

function seconds(value) {
  if (value < 120) {
    return number(value) + " s";
  }
  const whole = Math.round(value);
  return whole < 7200
    ? Math.floor(whole / 60) + " min " + whole % 60 + " s"
    : Math.floor(whole / 3600) + " h " + Math.floor(whole % 3600 / 60) + " min";
}

/** Large numbers short, for axes. */
function short(value) {
  const size = Math.abs(value);
  return size >= 1e9 ? number(value / 1e9) + "G" : size >= 1e6 ? number(value / 1e6) + "M" : size >= 1e4 ? number(value / 1e3) + "k" : number(value);
}

function withUnit(text, shape) {
  return text === "-" ? text : text + (shape.suffix ?? "");
}

// What the server told.

/** Another JVM has the port now: its versions and runs begin anew. */
function forget() {
  runs.forEach(run => URL.revokeObjectURL(run.blob));
  runs.clear();
  version = 0;
  chosen = null;
}

function take(view) {
  version = view.version;
  over = view.ended;
  allure = view.report;
  for (const run of view.runs) {
    const known = runs.get(run.id);
    run.closed = known && !run.whole ? known.closed.concat(run.points) : run.points;
    run.points = run.growing ? run.closed.concat([run.growing]) : run.closed;
    run.blob = known ? known.blob : null;
    runs.set(run.id, run);
  }
  for (const id of runs.keys()) {
    if (id < view.oldest) {
      URL.revokeObjectURL(runs.get(id).blob);
      runs.delete(id);
    }
  }
}

/** Keeps the report itself: the JVM that serves it ends soon after the last run. */
async function keepReports() {
  for (const run of runs.values()) {
    if (run.outcome && run.report && !run.blob) {
      const answer = await fetch("/report/" + run.id);
      if (answer.ok) {
        run.blob = URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type: "text/html;charset=utf-8" }));
      } else {
        run.report = null;
      }
    }
  }
}

async function follow() {
  for (;;) {
    try {
      const begun = performance.now();
      const answer = await fetch("/data?since=" + version + "&page=" + page);
      if (!answer.ok) {
        throw new Error("status " + answer.status);
      }
      const view = await answer.json();
      connected(null);
      if (board !== view.board) {
        const another = board !== null;
        board = view.board;
        if (another) {
          forget();
          show();
          continue;
        }
      }
      const before = version;
      take(view);
      show();
      await keepReports();
      show();
      if (over) {
        await fetch("/bye?page=" + page).catch(() => {}); // the server may be gone before it has answered
        return;
      }
      if (version === before && performance.now() - begun < 100) {
        await pause(500); // too many pages are open for each to be told at once
      }
    } catch (e) {
      connected("The JVM does not answer, or has ended. What is shown is what was known last.");
      await pause(KEEP_TRYING_MILLIS);
    }
  }
}

const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

function connected(problem) {
  const text = problem ? "· " + problem : "";
  if (byId("connection").textContent !== text) {
    byId("connection").textContent = text;
  }
}

// What is shown.

function current() {
  const ids = [...runs.keys()];
  return runs.get(chosen) ?? runs.get(ids[ids.length - 1]);
}

function show() {
  const run = current();
  if (!run) {
    nothing();
    return;
  }
  document.title = (run.outcome ? run.outcome.verdict + " " : "") + run.name + " · Stampede live";
  named(byId("name"), run.name);
  text(byId("plan"), run.plan);
  facts(run);
  end(run);
  tiles(run);
  draw(run);
  text(byId("more"), run.moreGauges > 0 ? number(run.moreGauges) + " gauges more are in the report." : "");
  list();
}

function nothing() {
  document.title = "Stampede live";
  text(byId("name"), "Waiting for a load test");
  ["plan", "more"].forEach(id => text(byId(id), ""));
  for (const where of ["facts", "end", "tiles", "charts", "runs"].map(byId)) {
    where.replaceChildren();
    delete where.dataset.of;
  }
  charts.forEach(chart => chart.destroy());
  charts.clear();
  byId("past").hidden = true;
}

function text(where, what) {
  if (where.textContent !== what) {
    where.textContent = what;
  }
}

/** A name may break after a dot, before it has to anywhere. */
function named(where, name) {
  if (where.textContent !== name) {
    where.replaceChildren(...name.split(/(?<=\.)/).flatMap(part => [part, element("wbr")]));
  }
}

function facts(run) {
  const all = Object.entries(run.facts).map(([key, value]) => key + ": " + value);
  const where = byId("facts");
  if (where.dataset.of !== all.join("\n")) {
    where.dataset.of = all.join("\n");
    where.replaceChildren(...all.map(fact => element("li", fact)));
  }
}

function end(run) {
  const where = byId("end");
  const key = JSON.stringify([run.id, run.outcome, run.lost, run.report, run.blob, over, allure]);
  if (where.dataset.of === key) {
    return;
  }
  where.dataset.of = key;
  where.replaceChildren();
  if (run.outcome) {
    const outcome = run.outcome;
    const box = element("div", undefined, outcome.verdict.toLowerCase());
    const verdict = element("p", outcome.verdict, "outcome");
    verdict.id = "verdict";
    box.append(verdict);
    if (outcome.reason) {
      const reason = element("p", outcome.reason);
      reason.id = "reason";
      reason.dir = "auto";
      box.append(reason);
    }
    if (run.report) {
      const line = element("p");
      const link = element("a", "Open the report of this run");
      link.id = "report";
      link.href = run.blob ?? "/report/" + run.id;
      link.target = "_blank";
      link.rel = "noopener";
      line.append(link);
      box.append(line, path(run.report));
    }
    where.append(box);
  } else if (run.lost) {
    const box = element("div", undefined, "lost");
    box.append(element("p", "Ended without a result", "outcome"));
    where.append(box);
  }
  if (over) {
    const line = element("p", "All runs have ended" + (allure ? "; Allure's report of them:" : "."));
    line.id = "over";
    where.append(line);
    if (allure) {
      where.append(path(allure));
    }
  }
}

/** A page from the network may not open files, so this one is copied. */
function path(file) {
  const line = element("p");
  const button = element("button", "Copy");
  button.type = "button";
  button.setAttribute("aria-label", "Copy the path " + file);
  button.addEventListener("click", () => navigator.clipboard.writeText(file)
    .then(() => { button.textContent = "Copied"; }, () => { button.textContent = "Select it and copy"; }));
  line.append(element("span", file, "path"), " ", button);
  return line;
}

function tiles(run) {
  const last = run.last, outcome = run.outcome;
  const from = outcome ?? last;
  const shown = [];
  const tile = (key, title, value, label) => shown.push([key, title, value, label]);
  if (from) {
    const done = from.succeeded + from.failed;
    tile("done", "Operations", done, number(done) + (from.planned > 0 ? " / " + number(from.planned) : ""));
    const rate = outcome ? outcome.throughputPerSecond : run.newest ? run.newest[ENDED] / run.newest[WIDTH] : null;
    tile("rate", outcome ? "Rate, mean" : "Rate", rate, number(rate) + " /s");
    tile("failed", "Failed", from.failed, number(from.failed));
    if (outcome) {
      tile("p50", "Response p50", outcome.p50Nanos, nanos(outcome.p50Nanos));
    }
    tile("p95", "Response p95", from.p95Nanos, nanos(from.p95Nanos));
    if (outcome) {
      tile("p99", "Response p99", outcome.p99Nanos, nanos(outcome.p99Nanos));
      tile("max", "Response max", outcome.maxNanos, nanos(outcome.maxNanos));
      tile("elapsed", "Load took", outcome.elapsedSeconds, seconds(outcome.elapsedSeconds));
    } else {
      tile("phase", "Phase", null, last.phase && last.stage !== "warm-up" ? last.phase + (last.stage === "load" ? "" : ", " + last.stage) : last.stage);
      const left = last.planSeconds - last.elapsedSeconds;
      tile("elapsed", "Elapsed", last.elapsedSeconds, seconds(last.elapsedSeconds));
      tile("left", "Time left", left, last.stage === "recovery" ? "watching the recovery"
        : last.planSeconds === 0 ? "as long as it takes" : left > 0 ? seconds(Math.ceil(left)) : "plan is over");
    }
  } else {
    tile("phase", "Phase", null, run.lost ? "ended" : "starting");
  }
  const where = byId("tiles");
  const keys = shown.map(each => each[0] + each[1]).join();
  if (where.dataset.of !== keys) {
    where.dataset.of = keys;
    where.replaceChildren(...shown.map(([key, title]) => {
      const box = element("div");
      const value = element("dd");
      value.dataset.figure = key;
      value.dir = "auto";
      box.append(element("dt", title), value);
      return box;
    }));
  }
  for (const [key, , value, label] of shown) {
    const tile = where.querySelector('[data-figure="' + key + '"]');
    text(tile, label);
    tile.dataset.value = value ?? "";
  }
}

function list() {
  byId("past").hidden = runs.size < 2;
  const last = current();
  const key = JSON.stringify([last.id, [...runs.values()].map(run => [run.id, run.name, run.lost, run.outcome?.verdict])]);
  const where = byId("runs");
  if (where.dataset.of === key) {
    return;
  }
  where.dataset.of = key;
  where.replaceChildren(...[...runs.values()].reverse().map(run => {
    const item = element("li"), button = element("button");
    button.type = "button";
    button.setAttribute("aria-current", String(run.id === last.id));
    button.append(
      element("span", run.outcome ? run.outcome.verdict : run.lost ? "no result" : "running"),
      element("span", run.name));
    button.addEventListener("click", () => {
      chosen = run.id === Math.max(...runs.keys()) ? null : run.id;
      show();
    });
    item.append(button);
    return item;
  }));
}

// Charts.

const per = key => point => point[key] === null ? null : point[key] / point[WIDTH];
const value = key => point => point[key];

function wanted(run) {
  const all = [
    { key: "rate", title: "Rate", unit: "operations per second", series: [
      { label: "achieved", color: "--one", value: per(ENDED) },
      { label: "asked for", color: "--two", dash: [6, 4], value: per(DUE) }] },
    { key: "response", title: "Response time", unit: "milliseconds", series: [
      { label: "p50", color: "--one", value: value(P50) },
      { label: "p95", color: "--two", value: value(P95) },
      { label: "p99", color: "--three", value: value(P99) },
      { label: "max", color: "--four", value: value(MAX), dash: [2, 3] }] },
    { key: "failures", title: "Failures", unit: "per second", series: [
      { label: "failed", color: "--four", value: per(FAILED) }] }];
  run.gauges.forEach(({ name, unit }, i) => {
    // One that never had a value, such as a heap before its first collection, would be an empty frame.
    if (run.points.some(point => (point[GAUGES + i] ?? null) !== null)) {
      all.push({ key: "gauge-" + i, title: name, unit: unit === "%" ? "percent" : unit || "value", suffix: unit && " " + unit, series: [
        { label: "value", color: "--one", value: point => point[GAUGES + i] ?? null }] });
    }
  });
  return all;
}

function draw(run) {
  const charted = wanted(run);
  const key = run.id + ":" + charted.map(each => each.key).join();
  const where = byId("charts");
  if (where.dataset.of !== key) {
    where.dataset.of = key;
    charts.forEach(chart => chart.destroy());
    charts.clear();
    where.replaceChildren(...charted.map(each => {
      const chart = new Chart(each);
      charts.set(each.key, chart);
      return chart.figure;
    }));
  }
  // The warm-up lies before the time from which the run counts.
  const counting = run.last && run.last.stage !== "warm-up" || run.outcome;
  const shift = point => point[STAGE] === "warm-up" && counting ? point[END] - run.warmUpSeconds : point[END];
  const times = run.points.map(shift);
  charted.forEach(each => charts.get(each.key).update(run, times, each));
}

class Chart {
  constructor(shape) {
    this.run = null;
    this.figure = element("figure");
    this.figure.dataset.chart = shape.key;
    const caption = element("figcaption"), title = element("h2", shape.title);
    title.dir = "auto";
    caption.append(title, element("span", shape.unit, "unit"));
    this.holder = element("div", undefined, "plot");
    this.holder.setAttribute("role", "img");
    this.holder.setAttribute("aria-label", shape.title + " over time, " + shape.unit + "; the newest values are below");
    this.legend = element("ul", undefined, "legend");
    this.values = shape.series.map(series => {
      const item = element("li"), mark = element("i", undefined, series.dash ? "dashed" : ""), shown = element("span");
      mark.style.borderTopColor = "var(" + series.color + ")";
      item.append(mark, series.label + " ", shown);
      this.legend.append(item);
      return shown;
    });
    this.figure.append(caption, this.holder, this.legend);
    this.shape = shape;
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.holder);
  }

  update(run, times, shape) {
    this.run = run;
    this.times = times;
    this.data = [times, ...shape.series.map(series => run.points.map(series.value))];
    this.figure.dataset.points = times.length;
    shape.series.forEach((series, i) => text(this.values[i], run.newest ? withUnit(number(series.value(run.newest)), shape) : "-"));
    if (this.plot) {
      this.plot.setData(this.data);
    } else {
      this.fit();
    }
  }

  fit() {
    const width = this.holder.clientWidth, height = this.holder.clientHeight;
    if (width === 0 || !this.data) {
      return;
    }
    if (this.plot) {
      this.plot.setSize({ width, height });
    } else {
      this.plot = new uPlot(this.options(width, height), this.data, this.holder);
    }
  }

  options(width, height) {
    const style = getComputedStyle(document.documentElement);
    const color = name => style.getPropertyValue(name).trim();
    const axis = { stroke: color("--soft"), grid: { stroke: color("--grid"), width: 1 }, ticks: { stroke: color("--grid"), width: 1 }, font: "12px system-ui, sans-serif" };
    return {
      width, height,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: (u, min, max) => this.span(min, max) },
        y: { range: (u, min, max) => [Math.min(0, min ?? 0), max > 0 ? max * 1.08 : 1.08] },
      },
      axes: [
        { ...axis, size: 34, values: (u, splits) => splits.map(at => number(at) + " s") },
        { ...axis, size: (u, shown) => Math.max(54, 20 + 6.6 * Math.max(0, ...(shown ?? []).map(each => each.length))), values: (u, splits) => splits.map(value => withUnit(short(value), this.shape)) },
      ],
      series: [{}, ...this.shape.series.map(series => ({
        label: series.label, stroke: color(series.color), width: 1.6, dash: series.dash, points: { size: 4 } }))],
      hooks: { drawClear: [u => this.phases(u, color)] },
    };
  }

  /** From where the first point's stretch begins; five seconds at least, so that the beginning is no zoom. */
  span(first, last) {
    const from = this.times.length > 0 ? Math.min(0, first - this.run.points[0][WIDTH]) : 0;
    return [from, Math.max(last ?? 0, from + 5)];
  }

  /** Grey where no operation counts; a line where a phase begins. */
  phases(u, color) {
    const { left, top, width, height } = u.bbox, context = u.ctx, points = this.run.points;
    const at = time => Math.min(left + width, Math.max(left, u.valToPos(time, "x", true)));
    context.save();
    context.fillStyle = color("--band");
    points.forEach((point, i) => {
      if (point[STAGE] !== "load") {
        const from = at(this.times[i] - point[WIDTH]);
        context.fillRect(from, top, at(this.times[i]) - from, height);
      }
    });
    context.strokeStyle = color("--soft");
    context.fillStyle = color("--soft");
    context.globalAlpha = .7;
    context.font = 11 * devicePixelRatio + "px system-ui, sans-serif";
    context.textBaseline = "top";
    let free = 0;
    for (const phase of this.run.phases) {
      const x = at(phase.seconds);
      context.fillRect(x, top, 1, height);
      const name = phase.name.slice(0, 24);
      if (x >= free && x + context.measureText(name).width < left + width) {
        context.fillText(name, x + 4, top + 2);
        free = x + context.measureText(name).width + 12;
      }
    }
    context.restore();
  }

  destroy() {
    this.resized.disconnect();
    this.plot?.destroy();
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  byId("charts").dataset.of = "";
  show();
});

follow();
