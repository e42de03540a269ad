// The three programs of the workload W1 for json-rules-engine: one rule for each reason; amounts are computed facts.
// Not here: who calls it (peer_jre.mjs in process, ../http/peer.mjs over HTTP).
const POVERTY_200 = [0, 2510, 3408, 4304, 5200, 6098, 6994, 7890, 8788];
const POVERTY_100 = [0, 1255, 1704, 2152, 2600, 3049, 3497, 3945, 4394];
const ALLOTMENT = [0, 292, 536, 768, 975, 1158, 1390, 1536, 1756];
const STANDARD = [0, 204, 204, 204, 217, 254, 291, 291, 291];
const UTILITY = { heating: 600, basic: 310, phone: 62, none: 0 };
const RISKS = { abuse: 5, neglect: 4, exploitation: 3, self_neglect: 3, hazard: 2 };
const ADL = ['bathing', 'dressing', 'eating', 'toileting', 'mobility', 'transfer', 'grooming', 'continence'];
const IADL = ['meals', 'housework', 'laundry', 'shopping', 'phone', 'transport', 'medication', 'money'];

const equal = (fact, value) => ({ fact, operator: 'equal', value });
const atLeast = (fact, value) => ({ fact, operator: 'greaterThanInclusive', value });
const atMost = (fact, value) => ({ fact, operator: 'lessThanInclusive', value });
const under = (fact, value) => ({ fact, operator: 'lessThan', value });
const over = (fact, value) => ({ fact, operator: 'greaterThan', value });
const theFact = (fact) => ({ fact });
const values = (almanac, names) => Promise.all(names.map((name) => almanac.factValue(name)));

// The engine keeps a computed fact for the rest of the run.
const COMPUTED = {
  gross: async (almanac) => {
    const [earned, unearned] = await values(almanac, ['earned_income', 'unearned_income']);
    return earned + unearned;
  },
  poverty_200: async (almanac) => POVERTY_200[await almanac.factValue('household_size')],
  poverty_100_cents: async (almanac) => 100 * POVERTY_100[await almanac.factValue('household_size')],
  adjusted: async (almanac) => {
    const [gross, earned, size, care, support, elderlyDisabled, medical] = await values(almanac, ['gross',
      'earned_income', 'household_size', 'dependent_care', 'child_support', 'elderly_disabled', 'medical_expenses']);
    const deducted = elderlyDisabled ? Math.max(0, medical - 35) : 0;
    return Math.max(0, 100 * gross - 20 * earned - 100 * (STANDARD[size] + care + support + deducted));
  },
  excess: async (almanac) => {
    const [adjusted, rent, utilities] = await values(almanac, ['adjusted', 'rent', 'utilities']);
    return Math.max(0, 100 * (rent + UTILITY[utilities]) - adjusted / 2);
  },
  net: async (almanac) => {
    const [adjusted, excess, elderlyDisabled] = await values(almanac, ['adjusted', 'excess', 'elderly_disabled']);
    return Math.max(0, adjusted - (elderlyDisabled ? excess : Math.min(excess, 71200)));
  },
  benefit: async (almanac) => {
    const [net, size] = await values(almanac, ['net', 'household_size']);
    return ALLOTMENT[size] - Math.floor((3 * net + 999) / 1000);
  },
  risk_count: async (almanac) =>
    (await values(almanac, Object.keys(RISKS).map((risk) => 'risk_' + risk))).filter(Boolean).length,
  adl_count: async (almanac) => (await values(almanac, ADL.map((k) => 'adl_' + k))).filter((x) => x >= 2).length,
};

// [reason, kind, conditions that must all hold]; two of the kinds count only if the status allows.
const RULES = [
  ['snap.citizenship', 'fail', equal('citizen', 'other')],
  ['snap.gross_test_waived', 'note', equal('elderly_disabled', true)],
  ['snap.gross_income_over_limit', 'fail', equal('elderly_disabled', false), over('gross', theFact('poverty_200'))],
  ['snap.assets_over_limit', 'fail', equal('elderly_disabled', true), over('gross', theFact('poverty_200')),
    over('liquid_assets', 4500)],
  ['snap.shelter_capped', 'note', equal('elderly_disabled', false), over('excess', 71200)],
  ['snap.net_income_over_limit', 'fail', over('net', theFact('poverty_100_cents'))],
  ['snap.minimum_benefit', 'note', atMost('household_size', 2), under('benefit', 23)],
  ['snap.zero_benefit', 'fail', over('household_size', 2), atMost('benefit', 0)],
  ['aps.under_18', 'fail', under('age', 18)],
  ['aps.no_impairment', 'fail', equal('physical_impairment', false), equal('mental_impairment', false)],
  ['aps.no_risk', 'fail', equal('risk_count', 0)],
  ['aps.missing.able_helper', 'missing', equal('able_helper', undefined)],
  ['aps.able_helper', 'fail', equal('able_helper', true)],
  ...Object.keys(RISKS).map((risk) => ['aps.risk.' + risk, 'unless_failed', equal('risk_' + risk, true)]),
  ['hcsp.under_18', 'fail', under('age', 18)],
  ['hcsp.in_facility', 'fail', equal('living', 'facility')],
  ['hcsp.missing.medicaid', 'missing', equal('medicaid', undefined)],
  ['hcsp.no_medicaid', 'fail', { fact: 'medicaid', operator: 'in', value: ['none', 'denied'] }],
  ['hcsp.medicaid_pending', 'note', equal('medicaid', 'pending')],
  ['hcsp.adl_below_threshold', 'fail', { any: [{ all: [equal('dementia', true), under('adl_count', 2)] },
    { all: [equal('dementia', false), under('adl_count', 3)] }] }],
  ['hcsp.dementia_rule', 'note', equal('dementia', true), atLeast('adl_count', 2)],
  ...ADL.map((k) => ['hcsp.adl.' + k, 'if_eligible', atLeast('adl_' + k, 3)]),
];

function makeEngine(Engine) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const [name, compute] of Object.entries(COMPUTED)) engine.addFact(name, (params, almanac) => compute(almanac));
  RULES.forEach(([reason, kind, ...all], order) => {
    const program = reason.split('.')[0];
    engine.addRule({ conditions: { all }, event: { type: kind, params: { program, reason, order } } });
  });
  return engine;
}

const SCORES = {
  snap: async (a, almanac, reasons) => {
    const benefit = await almanac.factValue('benefit');
    const score = a.household_size <= 2 && benefit < 23 ? 23 : benefit;
    reasons.push(`snap.benefit=${score}`);
    return score;
  },
  aps: (a, almanac, reasons) => {
    let score = (a.mental_impairment ? 2 : 0) + (a.physical_impairment ? 1 : 0)
      + (a.danger === 'high' ? 6 : a.danger === 'low' ? 2 : 0) + (a.living === 'alone' ? 2 : 0) + (a.age >= 80 ? 1 : 0);
    for (const risk in RISKS) if (a['risk_' + risk]) score += RISKS[risk];
    reasons.push(score >= 14 ? 'aps.priority.1' : score >= 8 ? 'aps.priority.2' : 'aps.priority.3');
    return score;
  },
  hcsp: (a, almanac, reasons) => {
    let score = 0;
    for (const k of ADL) score += 2 * a['adl_' + k];
    for (const k of IADL) score += a['iadl_' + k];
    reasons.push(score < 25 ? 'hcsp.hours.0-10' : score < 40 ? 'hcsp.hours.11-20'
      : score < 55 ? 'hcsp.hours.21-35' : 'hcsp.hours.36+');
    return score;
  },
};

// Engine is the class of the package. Gives assess(answers), a promise of {results: [{program, status, score, reasons}, ...]}.
export function jreAssess(Engine) {
  const engine = makeEngine(Engine);
  return async function assess(answers) {
    const { events, almanac } = await engine.run(answers);
    const found = { snap: [], aps: [], hcsp: [] };
    for (const { type, params } of events) found[params.program].push({ kind: type, ...params });
    const results = [];
    for (const program in found) {
      const hits = found[program].sort((x, y) => x.order - y.order);
      const fail = hits.some((hit) => hit.kind === 'fail'), missing = hits.some((hit) => hit.kind === 'missing');
      const status = fail ? 'ineligible' : missing ? 'unknown' : 'eligible';
      const shown = { unless_failed: !fail, if_eligible: status === 'eligible' };
      const reasons = hits.filter((hit) => shown[hit.kind] ?? true).map((hit) => hit.reason);
      const score = status === 'eligible' ? await SCORES[program](answers, almanac, reasons) : 0;
      results.push({ program, status, score, reasons });
    }
    return { results };
  }
}
