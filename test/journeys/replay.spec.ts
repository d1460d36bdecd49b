import { afterEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { World } from '../factories/world.js';
import { exactly, openHouse, PALAU, rehearse, root } from '../replay/rehearse.js';
import { ADMIN } from '../setup/api.js';
import { speak } from '../setup/speak.js';

const BEFORE = '2018-12-31T12:00:00Z';
const COUNTS = {
  documents: 6,
  recommendations: 12,
  supported: 8,
  noted: 4,
  recommendingStates: 13,
};
const open: { stop(): Promise<void> }[] = [];

async function house(start = BEFORE, settings: Record<string, string> = {}) {
  const opened = await openHouse(start, settings);
  open.push(opened);
  return opened;
}

/** The small review in a folder that can be written to, gone after the test. */
function copyOfPalau(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'comity-replay-'));
  open.push({ stop: async () => rmSync(dir, { recursive: true }) });
  cpSync(PALAU, dir, { recursive: true });
  return dir;
}

/** How many rows a house has of what a replay makes first. */
async function traces(opened: Awaited<ReturnType<typeof house>>): Promise<number> {
  const admin = await (await speak(opened))().signIn(ADMIN);
  const all = [
    await admin.all('/v1/accounts'),
    await admin.all('/v1/cycles'),
    await admin.all('/v1/sessions'),
  ];
  return all.reduce((sum, items) => sum + items.length, 0);
}

describe('the replay of a review', () => {
  afterEach(async () => {
    for (const each of open.splice(0)) await each.stop();
  });

  it('comes out exact where the clock may still be set, once for each State and session', async () => {
    const { url } = await house('');
    const file = path.join(copyOfPalau(), 'differences.txt');
    const line = ['upr', PALAU, '--cycle', '3', '--against', url];
    const { code, printed, faults, told } = await rehearse([
      ...line,
      '--json',
      '--differences',
      file,
    ]);
    expect({ code, faults }).toEqual({ code: 0, faults: '' });
    expect(JSON.parse(printed)).toEqual(exactly(COUNTS));
    expect(told).toContain('cycle3-Advance_questions_to_Palau_Add1.txt: no advance question could');
    expect(told).toContain('47 States sit on the Council');
    expect(told).toContain('the list of speakers begins with N');
    expect(told).toMatch(/copied into the report: headedBy, .*, and all paragraphs by hand/);
    expect(told).not.toMatch(/copied into the report:.*(statements|questionsBy|selectedOn)/);
    expect(told).toContain('Questions: 3 of 3 questions, 2 of 2 asking States');
    expect(told).toContain(
      'Speakers: 1 of 1 counts of statements, 14 of 14 States that spoke, 13 of 14 in the printed order',
    );
    expect(told).toContain(
      'Order: 12 of 12 in the printed list, 0 of 12 computed labels, 12 of 12 rec',
    );
    expect(told).toContain('5 of 9 neighbours in the order of speaking');
    // Its paragraphs jump from 20 to 50, so that every place gives another label.
    const labels = '0 of 12 given labels that fit their place, 12 of 12 recommendation texts';
    expect(told).toContain(labels);
    expect(told).toMatch(/Composed addendum: \d+ of \d+ positions/);
    expect(told).not.toContain(' differs: ');
    const kept = readFileSync(file, 'utf8');
    expect(kept).toContain(labels);
    expect(kept).toContain('Composed report differs: 50.1: is 21.1 by its place');
    expect(kept).toContain('Speakers differs: CZE: number 10 here, comes after DNK in the report');
    // Who asked and how many spoke the house tells by itself, in the printed words.
    expect(kept).not.toMatch(/Composed report differs: paragraph [46]:/);
    const again = await rehearse(line);
    expect(again).toMatchObject({ code: 2, printed: '' });
    expect(again.faults).toMatch(/^already-exists: Palau has a place in session 33 .*$/);
  }, 60_000);

  it('leaves to the clock and the rules what a State leaves unanswered, and plays no questions without a file', async () => {
    const { url } = await house();
    const dir = copyOfPalau();
    const list = path.join(dir, 'recommendations-cycle3.json');
    const rows = JSON.parse(readFileSync(list, 'utf8')) as { paragraph: string }[];
    const silent = rows.map((row) => (row.paragraph === '51.1' ? { ...row, position: '' } : row));
    writeFileSync(list, JSON.stringify(silent));
    for (const name of readdirSync(dir).filter((each) => each.includes('questions'))) {
      rmSync(path.join(dir, name));
    }
    const line = ['upr', dir, '--cycle', '3', '--against', url];
    const { code, printed, told, faults } = await rehearse(line);
    expect({ code, faults }).toEqual({ code: 0, faults: '' });
    expect(told).toContain('No advance questions are played: there is no file of cycle 3');
    expect(told).toMatch(/copied into the report:.* questionsBy/);
    expect(told).toMatch(/2019-09-26T14:01Z {2}the clock closes positions, 1 unanswered/);
    expect(printed).toMatch(/supported +7 +7\n +noted +5 +5\n/);
  }, 60_000);

  it('takes its place in a session that others have too, beside those who sit there', async () => {
    const world = await World.build(BEFORE);
    open.push(world);
    const { sessionId } = await world.slot('FJI', 33);
    await world.delegation('PLW');
    const as = await speak(world.api);
    const dir = copyOfPalau();
    const calendar = path.join(dir, 'calendar.json');
    writeFileSync(
      calendar,
      JSON.stringify({ wgAdopted: '2019-05-13', hours: { others: '18:00' } }),
    );
    const at = ['--against', as().url, '--calendar', calendar];
    const { code, told } = await rehearse(['upr', dir, '--cycle', '3', ...at]);
    expect(code).toBe(0);
    expect(told).toContain('2019-05-13T16:00Z  the report is adopted');
    const session = { path: { id: sessionId } };
    const schedule = await as().all('/v1/sessions/{id}/schedule', session);
    const places = schedule.map(({ state }) => state);
    expect(places.toSorted()).toEqual(['FJI', 'PLW']);
  }, 60_000);

  it('tells what the record has otherwise, and exits with 1', async () => {
    const { url } = await house();
    const dir = copyOfPalau();
    const report = path.join(dir, 'A_HRC_42_990.txt');
    const line = ['upr', dir, '--cycle', '3', '--against', url, '--json'];
    const watch = (told: string): void => {
      if (told.includes('the outcome is adopted')) writeFileSync(report, 'Not what was filed.');
    };
    const { code, printed, faults } = await rehearse(line, { watch });
    expect(code).toBe(1);
    expect(JSON.parse(printed)).toEqual(exactly(COUNTS));
    expect(faults).toBe(
      'Differs: working-group-report: version 1 hasn’t the bytes of A_HRC_42_990.txt',
    );
  }, 60_000);

  it('runs as a command, in a private house that is gone afterwards', async () => {
    const script = path.join(root, 'scripts', 'replay.mjs');
    const line = [script, 'upr', 'test/replay/fixtures/palau', '--cycle', '3', '--json'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, line, { cwd: root });
    expect(JSON.parse(stdout)).toEqual(exactly(COUNTS));
    const [folder] = /\S*comity-house-[^/)]+/.exec(stderr) ?? [];
    expect(folder).toBeDefined();
    expect(existsSync(folder ?? '')).toBe(false);
  }, 120_000);

  it.each([
    [
      'a clock past the first act',
      '2019-06-01T12:00:00Z',
      {},
      ADMIN,
      /^clock-past: the clock stands/,
    ],
    ['no test mode', BEFORE, { COMITY_TEST_MODE: 'off' }, ADMIN, /^no-test-mode: the clock of /],
    ['a wrong password', BEFORE, {}, { ...ADMIN, password: 'guessed' }, /^wrong-credentials: /],
    ['no credentials', BEFORE, {}, {}, /^credentials-missing: --against needs an administrator/],
  ])('stops at %s and changes nothing', async (_, start, settings, admin, fault) => {
    const opened = await house(start, settings);
    const before = await traces(opened);
    const line = ['upr', PALAU, '--cycle', '3', '--against', opened.url];
    const { code, printed, faults } = await rehearse(line, { admin });
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    expect(faults).toMatch(fault);
    expect(faults).not.toContain('\n');
    expect(await traces(opened)).toBe(before);
  });

  it('stops before it plays where its differences cannot be kept', async () => {
    const nowhere = ['--against', 'http://127.0.0.1:1', '--differences', 'no/such/folder/file'];
    const { code, faults } = await rehearse(['upr', PALAU, '--cycle', '3', ...nowhere]);
    expect(code).toBe(2);
    expect(faults).toMatch(/^not-written: /);
  });

  it('stops at somebody who administers nothing', async () => {
    const opened = await house();
    const admin = await (await speak(opened))().signIn(ADMIN);
    const person = { email: 'somebody@comity.test', password: 'a password for the tests' };
    await admin.post('/v1/accounts', { body: { ...person, name: 'Somebody' } });
    const line = ['upr', PALAU, '--cycle', '3', '--against', opened.url];
    expect((await rehearse(line, { admin: person })).faults).toMatch(
      /^not-an-administrator: somebody@/,
    );
  });
});
