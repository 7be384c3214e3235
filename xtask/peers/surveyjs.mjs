// The same work as our benchmarks, done by SurveyJS' model in Node: no page is drawn, only conditions are kept true.
//
//   node surveyjs.mjs <folder of the package survey-core>
//
// Prints a JSON object: for each figure the median and the fastest tenth, in nanoseconds.

import { createRequire } from "node:module";

const { Model, ConditionRunner } = createRequire(import.meta.url)(process.argv[2]);

/** The questionnaire of crates/questionnaire/benches/engine.rs, in SurveyJS' words. */
function questionnaire(n) {
  const presence = ["oui", "non", "en_cours", { value: "nsp", text: "Je ne sais pas" }];
  const pages = [];
  for (let p = 0; p < n / 10; p++) {
    const before = Math.max(p - 1, 0);
    const yes = `{presence_${p}} = 'oui'`;
    const number = { type: "text", inputType: "number" };
    pages.push({
      name: `p${p}`,
      elements: [
        { type: "radiogroup", name: `presence_${p}`, choices: presence, isRequired: true },
        { type: "radiogroup", name: `etat_${p}`, choices: presence, visibleIf: yes },
        { ...number, name: `etp_${p}`, min: 0, visibleIf: yes },
        { ...number, name: `budget_${p}`, visibleIf: `${yes} and {etp_${p}} > 0` },
        { type: "text", name: `deux_${p}`, visibleIf: `${yes} and {presence_${before}} = 'oui'` },
        {
          type: "text",
          name: `pourquoi_${p}`,
          visibleIf: `{etat_${p}} anyof ['non', 'en_cours'] or {etp_${p}} < 0.5`,
        },
        {
          type: "checkbox",
          name: `partenaires_${p}`,
          choices: ["a", "b", { value: "c", visibleIf: `{etp_${p}} > 1` }],
          visibleIf: yes,
        },
        {
          ...number,
          name: `part_${p}`,
          visibleIf: `{partenaires_${p}} contains 'a'`,
          validators: [{ type: "expression", expression: `{part_${p}} <= 100`, text: "Trop" }],
        },
        { type: "expression", name: `cout_${p}`, expression: `{budget_${p}} / {etp_${p}}` },
        { type: "text", name: `suite_${p}`, visibleIf: `{presence_${p}} != 'non'` },
      ],
    });
  }
  return { pages };
}

function spread(times) {
  times.sort((a, b) => a - b);
  const middle = times.length >> 1;
  const median = times.length % 2 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
  return { median, fastest_tenth: times[Math.floor(times.length / 10)] };
}

/** The spread of `runs` runs of `batch` calls each, after half as many to warm up. */
function measure(runs, batch, work) {
  const times = [];
  for (let run = -runs / 2; run < runs; run++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < batch; i++) work();
    const took = Number(process.hrtime.bigint() - start) / batch;
    if (run >= 0) times.push(took);
  }
  return spread(times);
}

function check(holds, what) {
  if (!holds) throw new Error(`SurveyJS does not do the same work: ${what}`);
}

const figures = {};

for (const n of [50, 500]) {
  const survey = new Model(questionnaire(n));
  for (let p = 0; p < n / 10; p++) {
    survey.setValue(`presence_${p}`, "oui");
    survey.setValue(`etp_${p}`, 0.4);
    survey.setValue(`budget_${p}`, 1000);
    survey.setValue(`partenaires_${p}`, ["a", "c"]);
  }
  const at = Math.floor(n / 20);
  const visible = (name) => survey.getQuestionByName(`${name}_${at}`).isVisible;
  let yes = true;
  const change = () => {
    yes = !yes;
    survey.setValue(`presence_${at}`, yes ? "oui" : "non");
  };
  change();
  check(!visible("etat") && !visible("suite"), "what follows from « non » is hidden");
  change();
  check(visible("etat") && visible("deux") && visible("pourquoi"), "what follows from « oui » is shown");
  check(survey.getValue(`cout_${at}`) === 2500, "the value is computed");
  figures[`change/${n}`] = measure(n === 50 ? 1000 : 300, 1, change);
  let text = "";
  figures[`nothing follows/${n}`] = measure(n === 50 ? 1000 : 300, 1, () => {
    text = text === "x" ? "y" : "x";
    survey.setValue(`suite_${at}`, text);
  });
}

const json = JSON.stringify(questionnaire(500));
figures["load/500"] = measure(30, 1, () => new Model(JSON.parse(json)));

const answers = {
  presence_cls: "oui",
  presence_cdv: "oui",
  nb_qpv: 100,
  budget: 1000,
  themes: ["oui", "non"],
  rappel: true,
};
const conditions = {
  "one condition": "{presence_cls} = 'oui'",
  "six terms":
    "{presence_cls} = 'oui' and {presence_cdv} <> 'non' and {nb_qpv} > 0" +
    " and ({themes} contains 'en_cours' or {budget} * 2 >= 1000) and {rappel} notempty",
};
for (const [name, source] of Object.entries(conditions)) {
  const condition = new ConditionRunner(source);
  check(condition.runValues(answers) === true, source);
  check(condition.runValues({ ...answers, presence_cls: "non" }) === false, source);
  figures[`condition/${name}`] = measure(300, 1000, () => condition.runValues(answers));
}

console.log(JSON.stringify({ figures, node: process.version }));
