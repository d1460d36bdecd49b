import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const STATES = Array.from({ length: 40 }, (_, at) => `State ${at}`);

/** Issues, and recommendations on them: invented, in the shape of the real export. */
const WRITTEN: readonly (readonly [issues: string, action: number, text: string])[] = [
  ['Right to education', 4, 'Strengthen schools for fishing villages'],
  ['Death penalty', 5, 'Abolish the death penalty'],
  ['Right to education,Right to health', 2, 'Continue its school meals and its hospitals'],
  ['Right to health', 3, 'Consider a hospital on the island'],
];

/** A folder of labelled data with nothing real in it. */
export async function inventLabelled(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'comity-labelled-'));
  await mkdir(path.join(folder, 'upr', 'slovenia'), { recursive: true });
  const rows = STATES.flatMap((state, at) =>
    WRITTEN.map(([issues, action, text]) => {
      const session = 1 + (at % 12);
      const quoted = [`${text} of ${state.replace(' ', ' number ')}`, issues].map(
        (cell) => `"${cell}"`,
      );
      return `${session},${state},Asia,,Ruritania,EEG,,${quoted[0]},Accepted,${action},${quoted[1]}`;
    }),
  );
  // Told to two States in the same words, and labelled otherwise the second time.
  const shared = ['State 1', 'State 2', 'State 3'].map(
    (state, at) =>
      `7,${state},Asia,,Ruritania,EEG,,"Mend  the bridge.",Noted,${at === 0 ? 4 : 5},Other`,
  );
  const head =
    'session,state_under_review,sur_group,sur_orgs,recommending_state,rs_group,rs_orgs,text,response,action,issues';
  await writeFile(
    path.join(folder, 'upr', 'recommendations-s01-12.csv'),
    `\uFEFF${[head, ...rows, ...shared].join('\n')}\n`,
  );
  for (const cycle of [2, 3]) {
    const list = [
      {
        text: 'Build schools for all girls (Ruritania (Kingdom of)) (Utopia)',
        themes: ['Right to education', 'A theme of nobody'],
        persons: ['girls'],
        sdgs: [4],
      },
    ].map((row) => ({ sur: 'State 1', cycle, session: 20, ...row }));
    const file = `upr/slovenia/recommendations-cycle${cycle}.json`;
    await writeFile(path.join(folder, file), JSON.stringify(list));
  }
  return folder;
}
