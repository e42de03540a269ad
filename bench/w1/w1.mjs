// The three programs of the workload W1, as a JavaScript programmer would write them by hand. Rules: workload.md.
const POVERTY_200 = [0, 2510, 3408, 4304, 5200, 6098, 6994, 7890, 8788];
const POVERTY_100 = [0, 1255, 1704, 2152, 2600, 3049, 3497, 3945, 4394];
const ALLOTMENT = [0, 292, 536, 768, 975, 1158, 1390, 1536, 1756];
const STANDARD = [0, 204, 204, 204, 217, 254, 291, 291, 291];
const UTILITY = { heating: 600, basic: 310, phone: 62, none: 0 };
const RISKS = ['abuse', 'neglect', 'exploitation', 'self_neglect', 'hazard'];
const RISK_POINTS = [5, 4, 3, 3, 2];
const DANGER_POINTS = { none: 0, low: 2, high: 6 };
const ADL = ['bathing', 'dressing', 'eating', 'toileting', 'mobility', 'transfer', 'grooming', 'continence'];
const IADL = ['meals', 'housework', 'laundry', 'shopping', 'phone', 'transport', 'medication', 'money'];

function snap(a) {
  const reasons = [];
  let fail = false;
  const size = a.household_size, elderlyDisabled = a.elderly_disabled;
  if (a.citizen === 'other') { fail = true; reasons.push('snap.citizenship'); }
  const gross = a.earned_income + a.unearned_income, over = gross > POVERTY_200[size];
  if (elderlyDisabled) reasons.push('snap.gross_test_waived');
  else if (over) { fail = true; reasons.push('snap.gross_income_over_limit'); }
  if (elderlyDisabled && over && a.liquid_assets > 4500) { fail = true; reasons.push('snap.assets_over_limit'); }
  const medical = elderlyDisabled ? Math.max(0, a.medical_expenses - 35) : 0;
  const adjusted = Math.max(0, 100 * gross - 20 * a.earned_income
    - 100 * (STANDARD[size] + a.dependent_care + a.child_support + medical));
  let excess = Math.max(0, 100 * (a.rent + UTILITY[a.utilities]) - adjusted / 2);
  if (!elderlyDisabled && excess > 71200) { excess = 71200; reasons.push('snap.shelter_capped'); }
  const net = Math.max(0, adjusted - excess);
  if (net > 100 * POVERTY_100[size]) { fail = true; reasons.push('snap.net_income_over_limit'); }
  let benefit = ALLOTMENT[size] - Math.floor((3 * net + 999) / 1000);
  if (size <= 2 && benefit < 23) { benefit = 23; reasons.push('snap.minimum_benefit'); }
  else if (benefit <= 0) { fail = true; reasons.push('snap.zero_benefit'); }
  if (!fail) reasons.push(`snap.benefit=${benefit}`);
  return { program: 'snap', status: fail ? 'ineligible' : 'eligible', score: fail ? 0 : benefit, reasons };
}

function aps(a) {
  const reasons = [];
  let fail = false, missing = false;
  if (a.age < 18) { fail = true; reasons.push('aps.under_18'); }
  if (!a.physical_impairment && !a.mental_impairment) { fail = true; reasons.push('aps.no_impairment'); }
  const risks = RISKS.filter((r) => a['risk_' + r]);
  if (!risks.length) { fail = true; reasons.push('aps.no_risk'); }
  if (a.able_helper === undefined) { missing = true; reasons.push('aps.missing.able_helper'); }
  else if (a.able_helper) { fail = true; reasons.push('aps.able_helper'); }
  const status = fail ? 'ineligible' : missing ? 'unknown' : 'eligible';
  let score = 0;
  if (!fail) for (const r of risks) reasons.push('aps.risk.' + r);
  if (status === 'eligible') {
    RISKS.forEach((r, i) => { if (a['risk_' + r]) score += RISK_POINTS[i]; });
    if (a.mental_impairment) score += 2;
    if (a.physical_impairment) score += 1;
    score += DANGER_POINTS[a.danger];
    if (a.living === 'alone') score += 2;
    if (a.age >= 80) score += 1;
    reasons.push(score >= 14 ? 'aps.priority.1' : score >= 8 ? 'aps.priority.2' : 'aps.priority.3');
  }
  return { program: 'aps', status, score, reasons };
}

function hcsp(a) {
  const reasons = [];
  let fail = false, missing = false;
  if (a.age < 18) { fail = true; reasons.push('hcsp.under_18'); }
  if (a.living === 'facility') { fail = true; reasons.push('hcsp.in_facility'); }
  if (a.medicaid === undefined) { missing = true; reasons.push('hcsp.missing.medicaid'); }
  else if (a.medicaid === 'none' || a.medicaid === 'denied') { fail = true; reasons.push('hcsp.no_medicaid'); }
  else if (a.medicaid === 'pending') reasons.push('hcsp.medicaid_pending');
  let needs = 0, score = 0;
  for (const k of ADL) {
    const adl = a['adl_' + k];
    if (adl >= 2) needs++;
    score += 2 * adl;
  }
  for (const k of IADL) score += a['iadl_' + k];
  if (needs < (a.dementia ? 2 : 3)) { fail = true; reasons.push('hcsp.adl_below_threshold'); }
  else if (a.dementia) reasons.push('hcsp.dementia_rule');
  const status = fail ? 'ineligible' : missing ? 'unknown' : 'eligible';
  if (status === 'eligible') {
    for (const k of ADL) if (a['adl_' + k] >= 3) reasons.push('hcsp.adl.' + k);
    reasons.push(score < 25 ? 'hcsp.hours.0-10' : score < 40 ? 'hcsp.hours.11-20'
      : score < 55 ? 'hcsp.hours.21-35' : 'hcsp.hours.36+');
  }
  return { program: 'hcsp', status, score: status === 'eligible' ? score : 0, reasons };
}

export const assess = (answers) => ({ results: [snap(answers), aps(answers), hcsp(answers)] });
