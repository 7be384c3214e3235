// The same answers counted by SurveyJS Dashboard in Node: what its charts show, without drawing them.
//
//   node dashboard.mjs <folder of node_modules> <file of answers>
//
// Prints a JSON object: for each figure the median and the fastest tenth, in nanoseconds, and what was counted, in the words
// of crates/tally/examples/tallies; null stands for what it does not count.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [, , packages, file] = process.argv;

// It looks for a browser when it is loaded. Nothing is drawn, so anything will do.
const nothing = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : nothing),
  apply: () => nothing,
  construct: () => nothing,
});
globalThis.window = nothing;
globalThis.document = nothing;

const load = createRequire(join(packages, "survey-analytics", "package.json"));
const { Model } = load("survey-core");
// By its path: the package offers this file to browsers only.
const path = join(packages, "survey-analytics", "survey.analytics.core.js");
const { HistogramModel, PivotModel, SelectBase } = load(path);
const { version } = load(join(packages, "survey-analytics", "package.json"));

const questions = Array.from({ length: 50 }, (_, nth) => `q${nth}`);
const choices = Array.from({ length: 10 }, (_, nth) => `c${nth}`);
const isNumber = (question) => Number(question.slice(1)) % 5 === 4;

const survey = new Model({
  elements: questions.map((name) =>
    isNumber(name) ? { type: "text", inputType: "number", name } : { type: "radiogroup", name, choices },
  ),
});
const asked = questions.map((name) => survey.getQuestionByName(name));

function answers() {
  const [, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const given = {};
    line.split(",").forEach((cell, nth) => {
      if (cell !== "") given[questions[nth]] = isNumber(questions[nth]) ? Number(cell) : cell;
    });
    return given;
  });
}

/** What each chart of a dashboard counts: choices, and numbers in ten intervals. A new chart has counted nothing yet. */
function marginals() {
  return asked.map((question) => {
    const chart = isNumber(question.name) ? new HistogramModel(question, data) : new SelectBase(question, data);
    return { values: chart.getValues(), counts: chart.getCalculatedValuesCore()[0] };
  });
}

function cross() {
  const chart = new PivotModel([asked[0], asked[1]], data);
  chart.setAxisQuestions("q0", "q1");
  return { values: chart.getValues(), columns: chart.getSeriesValueIndexes(), counts: chart.getCalculatedValuesCore() };
}

function figuresOf({ values, counts }, nth) {
  if (isNumber(questions[nth])) return [counts.reduce((all, n) => all + n, 0), null, null, null, null, null, null];
  return [...choices.map((code) => counts[values.indexOf(code)]), null];
}

function table({ values, columns, counts }) {
  return choices.map((row) => choices.map((column) => counts[columns[`q1_${column}`]][values.indexOf(row)]));
}

function measured(runs, work) {
  work();
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = process.hrtime.bigint();
    work();
    times.push(Number(process.hrtime.bigint() - start));
  }
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1], fastest_tenth: times[Math.floor(times.length / 10)] };
}

const start = process.hrtime.bigint();
const data = answers();
const took = Number(process.hrtime.bigint() - start);
const counts = { marginals: marginals().map(figuresOf), cross: table(cross()), filtered: null };
const figures = {
  load: { median: took, fastest_tenth: took },
  marginals: measured(5, marginals),
  cross: measured(5, cross),
};
console.log(JSON.stringify({ version, figures, counts }));
