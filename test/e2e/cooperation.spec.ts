import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, expectUnchanged, Ledger } from './ledger.js';

interface Cooperation {
  readonly steps: { step: string; status: string; at: string | null }[];
  readonly absences: { at: string; regret: string | null }[];
  readonly decisions: Record<string, unknown>[];
  readonly version: number;
}

const REGRET = 'The Working Group regrets the absence, and calls upon the State to resume.';
const DECISION = {
  finding: 'persistent',
  reasons: 'No report, no delegation, and no answer to the President.',
  citation: 'OM/7/1',
  measures: 'The President reports to the next session.',
  decidedOn: '2027-05-20',
};

/** No report and no delegation: from the empty chair to the dialogue on another day. */
describe('a State that does not come', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let session: string;
  let president: Client;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    ledger = await Ledger.open(world.api);
    const { sessionId, slotId } = await world.slot('KEN');
    session = sessionId;
    const { body } = await world.secretariat.post('/v1/reviews', { slotId }).expect(201);
    review = (body as { id: string }).id;
    president = await world.president();
    await world.reach(review, 'KEN', 'preparation');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const url = () => `/v1/reviews/${review}/cooperation`;
  const show = async (who: Client): Promise<Cooperation> =>
    (await who.get(url()).expect(200)).body as Cooperation;
  const stepsFor = async (who: Client) =>
    Object.fromEntries((await show(who)).steps.map(({ step, status }) => [step, status]));
  const decide = (who: Client, more: object = {}, change: object = {}) =>
    who.post(`/v1/reviews/${review}/non-cooperation/decisions`, { ...DECISION, ...more }, change);
  const version = async () => (await show(president)).version;
  const move = (who: Client, name: string, at: number, reason?: string) => {
    const body = { move: name, ...(reason && { reason }) };
    return who.post(`/v1/reviews/${review}/moves`, body, { version: at });
  };

  it('has its steps told as facts, to each as far as they may know', async () => {
    const started = {
      'national-report': 'open',
      'own-troika': 'not-recorded',
      dialogue: 'open',
      addendum: 'open',
      'mid-term-update': 'open',
      appearance: 'open',
    };
    expect(await stepsFor(president)).toEqual(started);
    await world.at('2027-02-20T09:00:00Z'); // its report's deadline has passed
    expect(await stepsFor(president)).toEqual({ ...started, 'national-report': 'missed' });
    await expectProblem((await world.stranger()).get(url()), 404, 'not-found');
    await expectProblem(world.api.as().get(url()), 401, 'unauthenticated');
  });

  it('has its absence recorded, with regret, when the dialogue should have begun', async () => {
    for (const kind of ['compilation', 'stakeholder-summary']) {
      await world.file(world.secretariat, review, { kind });
    }
    expect((await world.move(world.secretariat, review, 'issue-documents')).status).toBe(200);
    const early = move(president, 'record-absence', await version(), REGRET);
    await expectRefused(ledger, early, 409, 'too-early');
    await world.at('2027-05-03T08:00:00Z');
    const others = move(world.secretariat, 'record-absence', await version(), REGRET);
    await expectRefused(ledger, others, 409, 'wrong-role');
    await move(president, 'record-absence', await version(), REGRET).expect(200);
    const { absences, steps } = await show(await world.delegation('FRA'));
    expect(absences).toMatchObject([{ regret: REGRET }]);
    expect(steps.find(({ step }) => step === 'dialogue')).toMatchObject({
      status: 'missed',
      at: absences[0]!.at,
    });
    // Nobody has recommended anything in its place, and nobody can now.
    const none = await president.get(`/v1/reviews/${review}/recommendations`).expect(200);
    expect(none.body.items).toEqual([]);
    const france = await world.delegation('FRA');
    const late = france.post(`/v1/reviews/${review}/recommendations`, { text: 'Come' });
    await expectRefused(ledger, late, 409, 'wrong-stage');
  });

  it('is found persistent by the Council alone, with reasons and a citation', async () => {
    await world.at('2027-05-21T09:00:00Z');
    const at = await version();
    const change = { version: at };
    await expectRefused(ledger, decide(president), 428, 'version-required');
    await expectRefused(ledger, decide(president, {}, { version: 1 }), 412, 'stale');
    await expectRefused(ledger, decide(world.secretariat, {}, change), 409, 'wrong-role');
    await expectRefused(
      ledger,
      decide(await world.delegation('KEN'), {}, change),
      409,
      'wrong-role',
    );
    await expectRefused(ledger, decide(await world.stranger(), {}, change), 404, 'not-found');
    await expectProblem(decide(world.api.as(), {}, change), 401, 'unauthenticated');
    const tomorrow = decide(president, { decidedOn: '2027-05-23' }, change);
    await expectRefused(ledger, tomorrow, 422, 'dates-in-disorder');
    for (const lacking of ['reasons', 'citation']) {
      const bare = decide(president, { [lacking]: '' }, change);
      await expectRefused(ledger, bare, 422, 'invalid-content');
    }
    const dry = await expectUnchanged(ledger, () =>
      decide(president, {}, { ...change, query: { dryRun: true } }),
    );
    expect(dry.body).toMatchObject({ ok: true });
    const { body } = await decide(president, {}, change).expect(201);
    expect(body).toMatchObject({ version: at + 1, decisions: [{ ...DECISION, by: 'president' }] });
    const row = await ledger.row(
      'SELECT finding, citation, by_role FROM casework.cooperation_decision WHERE proceeding_id = $1',
      [review],
    );
    expect(row).toEqual({ finding: 'persistent', citation: 'OM/7/1', by_role: 'president' });
    const entry = (await ledger.journal(review, 'case')).at(-1)!;
    expect(entry).toMatchObject({ what: 'cooperation-decided', by: 'president' });
    expect(Object.keys(entry.facts).toSorted()).toEqual(['decidedOn', 'decisionId', 'finding']);
    expect(JSON.stringify(entry)).not.toContain('no answer to the President');
    // It is nobody's inference: three steps are missed or open, and nothing moved.
    expect((await world.secretariat.get(`/v1/reviews/${review}`)).body.status).toBe(
      'non-cooperation',
    );
  });

  it('carries its review on to another day: new date, new draw as it was, dialogue', async () => {
    const before = await version();
    await expectRefused(ledger, move(president, 'resume-review', before), 409, 'not-rescheduled');
    const slots = [
      {
        state: 'KEN',
        starts: '2027-11-08T09:00:00+01:00',
        ends: '2027-11-08T12:30:00+01:00',
        outcomeStarts: '2028-03-16T10:00:00+01:00',
      },
    ];
    await world.secretariat
      .post(
        `/v1/sessions/${session}/reschedule`,
        { reason: 'The State will come', ends: '2027-11-12', slots },
        { version: 1 },
      )
      .expect(200);
    await move(president, 'resume-review', await version()).expect(200);
    // Its report is owed anew; everything else goes through the stages as it was.
    const drawn = await world.move(world.secretariat, review, 'record-troika');
    expect(drawn.status).toBe(200);
    const waiting = await world.move(world.secretariat, review, 'issue-documents');
    expect(waiting.body).toMatchObject({ code: 'documents-missing' });
    await world.at('2027-08-17T09:00:00Z');
    const issued = await world.move(world.secretariat, review, 'issue-documents');
    expect(issued.status).toBe(200);
    const early = move(president, 'hold-dialogue', await version());
    await expectRefused(ledger, early, 409, 'not-yet-held');
    await world.at('2027-11-08T12:00:00Z');
    await move(president, 'hold-dialogue', await version()).expect(200);
    const { steps, absences, decisions } = await show(president);
    expect(steps.find(({ step }) => step === 'dialogue')).toMatchObject({ status: 'done' });
    // What was is not undone by what came.
    expect([absences.length, decisions.length]).toEqual([1, 1]);
    const later = { finding: 'not-persistent', reasons: 'It came.', decidedOn: '2027-11-08' };
    await decide(president, later, { version: await version() }).expect(201);
    expect((await show(president)).decisions.map(({ finding }) => finding)).toEqual([
      'persistent',
      'not-persistent',
    ]);
    // The review is whole again: recommendations can be made.
    await world.recommend(await world.delegation('FRA'), review, 'Ratify it');
  });
});
