export interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  Schema?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
}

/** Of a plan: the tables it reads from end to end, the rows it looked at, and any hashed subplan. */
export function judged(plan: Node): { whole: string[]; rows: number; hashed: boolean } {
  const inside = (plan.Plans ?? []).map(judged);
  const { Schema: schema = '', 'Relation Name': table } = plan;
  const secured = ['casework', 'journal'].includes(schema);
  const whole = secured && plan['Node Type'] === 'Seq Scan' ? [`${schema}.${table}`] : [];
  const looked =
    (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
  const { Plans: _, ...own } = plan;
  return {
    whole: [...whole, ...inside.flatMap((each) => each.whole)],
    rows: (secured ? looked : 0) + inside.reduce((sum, each) => sum + each.rows, 0),
    hashed: JSON.stringify(own).includes('hashed SubPlan') || inside.some((each) => each.hashed),
  };
}
