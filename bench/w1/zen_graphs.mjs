// The workload W1 as GoRules JDM graphs, for peer_zen.mjs.
import { readFileSync } from 'node:fs';

const RISKS = { abuse: 5, neglect: 4, exploitation: 3, self_neglect: 3, hazard: 2 };
const ADL = ['bathing', 'dressing', 'eating', 'toileting', 'mobility', 'transfer', 'grooming', 'continence'];
const IADL = ['meals', 'housework', 'laundry', 'shopping', 'phone', 'transport', 'medication', 'money'];
const adls = '[' + ADL.map((k) => 'adl_' + k).join(', ') + ']';
const iadls = '[' + IADL.map((k) => 'iadl_' + k).join(', ') + ']';
const riskPoints = Object.entries(RISKS).map(([k, points]) => `(risk_${k} ? ${points} : 0)`).join(' + ');
const anyRisk = Object.keys(RISKS).map((k) => 'risk_' + k).join(' or ');

let ids = 0;
const node = (type, name, content) => ({ id: 'n' + ids++, type, name, position: { x: 0, y: 0 }, content });
const expressions = (name, pairs, content = {}) => node('expressionNode', name, { passThrough: false, ...content,
  expressions: pairs.map(([key, value]) => ({ id: 'e' + ids++, key, value })) });
const graph = (nodes, edges) => ({ nodes,
  edges: edges.map(([from, to]) => ({ id: 'g' + ids++, type: 'edge', sourceId: from.id, targetId: to.id })) });

// Each program: named steps, when it fails, what is missing, its score, and its reasons in order. `f` names a step:
// '$.' inside the same node, 'c.' in a later one.
const PROGRAMS = {
  snap: {
    steps: [
      ['over', 'earned_income + unearned_income > [2510,3408,4304,5200,6098,6994,7890,8788][household_size - 1]'],
      ['adjusted', 'max([0, 100 * (earned_income + unearned_income) - 20 * earned_income'
        + ' - 100 * ([204,204,204,217,254,291,291,291][household_size - 1] + dependent_care + child_support'
        + ' + (elderly_disabled ? max([0, medical_expenses - 35]) : 0))])'],
      ['excess', "max([0, 100 * (rent + (utilities == 'heating' ? 600 : utilities == 'basic' ? 310"
        + " : utilities == 'phone' ? 62 : 0)) - $.adjusted / 2])"],
      ['capped', 'not elderly_disabled and $.excess > 71200'],
      ['net', 'max([0, $.adjusted - ($.capped ? 71200 : $.excess)])'],
      ['over_net', '$.net > 100 * [1255,1704,2152,2600,3049,3497,3945,4394][household_size - 1]'],
      ['benefit', '[292,536,768,975,1158,1390,1536,1756][household_size - 1] - floor((3 * $.net + 999) / 1000)'],
      ['low', 'household_size <= 2 and $.benefit < 23'],
      ['zero', 'household_size > 2 and $.benefit <= 0'],
    ],
    fail: "citizen == 'other' or (not elderly_disabled and $.over)"
      + ' or (elderly_disabled and $.over and liquid_assets > 4500) or $.over_net or $.zero',
    missing: 'false',
    score: (f) => `(${f}low ? 23 : ${f}benefit)`,
    reasons: (f) => [
      ["citizen == 'other'", 'snap.citizenship'],
      ['elderly_disabled', 'snap.gross_test_waived'],
      [`not elderly_disabled and ${f}over`, 'snap.gross_income_over_limit'],
      [`elderly_disabled and ${f}over and liquid_assets > 4500`, 'snap.assets_over_limit'],
      [`${f}capped`, 'snap.shelter_capped'],
      [`${f}over_net`, 'snap.net_income_over_limit'],
      [`${f}low`, 'snap.minimum_benefit'],
      [`${f}zero`, 'snap.zero_benefit'],
    ],
    last: (f) => [`${f}status == 'eligible'`, `'snap.benefit=' + string(${f}low ? 23 : ${f}benefit)`],
  },
  aps: {
    steps: [['points', `${riskPoints} + (mental_impairment ? 2 : 0) + (physical_impairment ? 1 : 0)`
      + " + (danger == 'high' ? 6 : danger == 'low' ? 2 : 0) + (living == 'alone' ? 2 : 0) + (age >= 80 ? 1 : 0)"]],
    fail: `age < 18 or not (physical_impairment or mental_impairment) or not (${anyRisk}) or able_helper == true`,
    missing: 'able_helper == null',
    score: (f) => `${f}points`,
    reasons: (f) => [
      ['age < 18', 'aps.under_18'],
      ['not (physical_impairment or mental_impairment)', 'aps.no_impairment'],
      [`not (${anyRisk})`, 'aps.no_risk'],
      ['able_helper == null', 'aps.missing.able_helper'],
      ['able_helper == true', 'aps.able_helper'],
      ...Object.keys(RISKS).map((k) => [`not ${f}fail and risk_${k}`, 'aps.risk.' + k]),
      [`${f}status == 'eligible' and ${f}points >= 14`, 'aps.priority.1'],
      [`${f}status == 'eligible' and ${f}points >= 8 and ${f}points < 14`, 'aps.priority.2'],
      [`${f}status == 'eligible' and ${f}points < 8`, 'aps.priority.3'],
    ],
  },
  hcsp: {
    steps: [['below', `count(${adls}, # >= 2) < (dementia ? 2 : 3)`], ['points', `2 * sum(${adls}) + sum(${iadls})`]],
    fail: "age < 18 or living == 'facility' or medicaid == 'none' or medicaid == 'denied' or $.below",
    missing: 'medicaid == null',
    score: (f) => `${f}points`,
    reasons: (f) => [
      ['age < 18', 'hcsp.under_18'],
      ["living == 'facility'", 'hcsp.in_facility'],
      ['medicaid == null', 'hcsp.missing.medicaid'],
      ["medicaid == 'none' or medicaid == 'denied'", 'hcsp.no_medicaid'],
      ["medicaid == 'pending'", 'hcsp.medicaid_pending'],
      [`${f}below`, 'hcsp.adl_below_threshold'],
      [`not ${f}below and dementia`, 'hcsp.dementia_rule'],
      ...ADL.map((k) => [`${f}status == 'eligible' and adl_${k} >= 3`, 'hcsp.adl.' + k]),
      [`${f}status == 'eligible' and ${f}points < 25`, 'hcsp.hours.0-10'],
      [`${f}status == 'eligible' and ${f}points >= 25 and ${f}points < 40`, 'hcsp.hours.11-20'],
      [`${f}status == 'eligible' and ${f}points >= 40 and ${f}points < 55`, 'hcsp.hours.21-35'],
      [`${f}status == 'eligible' and ${f}points >= 55`, 'hcsp.hours.36+'],
    ],
  },
};
const withStatus = ({ steps, fail, missing }) => [...steps, ['fail', fail],
  ['status', `$.fail ? 'ineligible' : ${missing} ? 'unknown' : 'eligible'`]];

export function expressionGraph() {
  const from = node('inputNode', 'answers'), to = node('outputNode', 'result');
  const nodes = Object.entries(PROGRAMS).map(([name, program]) => {
    const items = program.reasons('$.').map(([when, reason]) => `${when} ? '${reason}' : null`);
    if (program.last) items.push(program.last('$.').join(' ? ') + ' : null');
    return expressions(name, [...withStatus(program), [name + '.status', '$.status'],
      [name + '.score', `$.status == 'eligible' ? ${program.score('$.')} : 0`],
      [name + '.reasons', `filter([${items.join(', ')}], # != null)`]]);
  });
  return graph([from, ...nodes, to], nodes.flatMap((n) => [[from, n], [n, to]]));
}

export function tableGraph() {
  const from = node('inputNode', 'answers'), to = node('outputNode', 'result');
  const chains = Object.entries(PROGRAMS).map(([name, program]) => {
    const steps = expressions(name + ' steps', withStatus(program), { passThrough: true, outputPath: 'c' });
    const table = node('decisionTableNode', name + ' reasons', { hitPolicy: 'collect',
      inputs: [{ id: 'c', name: 'Condition' }], outputs: [{ id: 'r', name: 'Reason', field: 'r' }],
      rules: program.reasons('c.').map(([c, r], k) => ({ _id: 'r' + k, c, r: `'${r}'` })),
      passThrough: true, outputPath: 'out', inputField: null, executionMode: 'single' });
    const [when, text] = program.last ? program.last('c.') : [];
    const shape = expressions(name + ' shape', [[name + '.status', 'c.status'],
      [name + '.score', `c.status == 'eligible' ? ${program.score('c.')} : 0`],
      [name + '.reasons', when ? `flatten([map(out, #.r), ${when} ? [${text}] : []])` : 'map(out, #.r)']]);
    return [steps, table, shape];
  });
  return graph([from, ...chains.flat(), to], chains.flatMap(([a, b, c]) => [[from, a], [a, b], [b, c], [c, to]]));
}

export function functionGraph() {
  const from = node('inputNode', 'answers'), to = node('outputNode', 'result');
  const rules = readFileSync(new URL('./w1.mjs', import.meta.url), 'utf8').replace(/^export /gm, '');
  const run = node('functionNode', 'rules', { omitNodes: true, source: rules + `
export const handler = (input) => {
  const byProgram = {};
  for (const result of assess(input).results) byProgram[result.program] = result;
  return byProgram;
};
` });
  return graph([from, run, to], [[from, run], [run, to]]);
}

export function floorGraph() {
  const from = node('inputNode', 'answers'), to = node('outputNode', 'result');
  return graph([from, to], [[from, to]]);
}
