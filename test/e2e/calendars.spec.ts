import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventsOf, feedOf, readCalendar, type Shown } from '../factories/calendars.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { Ledger } from './ledger.js';

const REPORT = 'Slovenia: Submission of the national report';
const DIALOGUE = 'Slovenia: Interactive dialogue';
const PLENARY = 'Slovenia: Plenary, adoption of the outcome';

interface Deadline {
  readonly id: string;
  readonly key: string;
  readonly due: string;
}

/** What calendars say, read as a calendar program reads them. */
describe('a calendar', () => {
  let world: World;
  let ledger: Ledger;
  let sessionId: string;
  let review: string;
  let svn: string;
  let office: string;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    const slot = await world.slot('SVN');
    sessionId = slot.sessionId;
    const opened = { slotId: slot.slotId, test: false };
    const { body } = await world.secretariat.post('/v1/reviews', opened).expect(201);
    review = (body as { id: string }).id;
    svn = (await feedOf(await world.delegation('SVN'))).path;
    office = (await feedOf(world.secretariat)).path;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const read = (path: string) => readCalendar(world, path);
  const deadlines = async (): Promise<Deadline[]> => {
    const { body } = await world.secretariat.get(`/v1/reviews/${review}/deadlines`).expect(200);
    return (body as { items: Deadline[] }).items;
  };
  const ofSession = async (query: Record<string, string> = {}) => {
    const url = `/v1/sessions/${sessionId}/calendar`;
    const answer = await world.api.as().get(url, query).expect(200);
    return { text: answer.text, events: eventsOf(answer.text) };
  };
  const reschedule = async (slots: object[], reason: string, session = sessionId) => {
    const url = `/v1/sessions/${session}`;
    const { body } = await world.secretariat.get(url).expect(200);
    const { version } = body as { version: number };
    await world.secretariat.post(`${url}/reschedule`, { reason, slots }, { version }).expect(200);
  };
  const byUid = (events: Map<string, Shown>) =>
    new Map([...events.values()].map((each) => [each.uid, each]));

  it('has what the sides of its owner take part in themselves, and nobody else’s', async () => {
    const events = await read(svn);
    const due = await deadlines();
    const shown = [...events.values()].map(({ uid }) => uid);
    expect(shown.filter((uid) => !/-(dialogue|plenary)@/.test(uid)).toSorted()).toEqual(
      due.map(({ id }) => `${id}@comity`).toSorted(),
    );
    const report = due.find(({ key }) => key === 'national-report')!;
    const at = new Date(report.due);
    expect(events.get(REPORT)).toMatchObject({
      starts: instant(new Date(at.getTime() - 900_000)),
      ends: instant(at),
      sequence: 0,
      status: 'CONFIRMED',
      url: expect.stringMatching(new RegExp(`/v1/reviews/${review}$`)),
    });
    expect(events.get(DIALOGUE)).toMatchObject({
      starts: '2027-05-03T07:00:00Z',
      ends: '2027-05-03T10:30:00Z',
    });
    expect(events.get(PLENARY)).toMatchObject({ starts: '2027-09-23T08:00:00Z' });
    expect((await read(office)).size).toBe(events.size);
    const president = await feedOf(await world.president());
    expect((await read(president.path)).has(PLENARY)).toBe(true);
    const body = await feedOf(await world.person('body:hrc', 'head'));
    const ngo = await world.organization('An observatory');
    for (const { path } of [
      await feedOf(await world.delegation('KEN')),
      await feedOf(ngo.head),
      await feedOf(await world.stranger()),
      body,
    ]) {
      expect((await read(path)).size).toBe(0);
    }
  });

  it('tells nothing that was written: neither drafts, nor titles, nor names', async () => {
    const slovenia = await world.delegation('SVN');
    const draft = { kind: 'national-report', title: 'A secret of the desk' };
    await slovenia.post(`/v1/reviews/${review}/documents`, draft).expect(201);
    const hidden = `UPDATE casework.deadline SET compartment = $2 WHERE key = 'compilation'
      AND proceeding_id = $1`;
    const { text } = await world.api.as().get(office).expect(200);
    expect(text).not.toMatch(/secret|desk|@comity\.test/i);
    await ledger.rows(hidden, [review, 'desk:state:SVN']);
    const compilation = 'Slovenia: Compilation of United Nations information';
    expect((await read(office)).has(compilation)).toBe(false);
    await ledger.rows(hidden, [review, 'case']);
    expect((await read(office)).has(compilation)).toBe(true);
  });

  it('follows what moves: the same events, a higher sequence, and why', async () => {
    const [before, session] = [byUid(await read(svn)), byUid((await ofSession()).events)];
    await world.at('2026-09-02T09:00:00Z');
    const times = {
      starts: '2027-05-10T09:00:00+02:00',
      ends: '2027-05-10T12:30:00+02:00',
      outcomeStarts: '2027-09-24T10:00:00+02:00',
    };
    await reschedule([{ state: 'SVN', ...times }], 'The building is closed');
    const after = byUid(await read(svn));
    expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
    const moved = [...after.values()].filter(({ uid, ends }) => ends !== before.get(uid)!.ends);
    expect(moved.length).toBeGreaterThan(5);
    for (const { uid, sequence, stamp, description } of moved) {
      expect(sequence).toBe(before.get(uid)!.sequence + 1);
      expect(stamp).toBe('2026-09-02T09:00:00Z');
      expect(description).toMatch(/Moved from .+ at .+ to .+UTC \(The building is closed\)/);
    }
    const shown = byUid((await ofSession()).events);
    expect([...shown.keys()]).toEqual([...session.keys()]);
    for (const name of [DIALOGUE, PLENARY]) {
      const { uid } = [...shown.values()].find(({ summary }) => summary === name)!;
      expect(shown.get(uid)!.sequence).toBe(session.get(uid)!.sequence + 1);
      expect(after.get(uid)).toMatchObject({ starts: shown.get(uid)!.starts });
    }
  });

  it('marks what was met, for those alone who may know it', async () => {
    const [bra, fra] = [await world.delegation('BRA'), await world.delegation('FRA')];
    await world.reach(review, 'SVN', 'preparation');
    await world.file(await world.delegation('SVN'), review, { kind: 'national-report' });
    const met = `${REPORT} (Met)`;
    const { sequence } = (await read(svn)).get(met)!;
    expect((await read(office)).get(met)!.description).toMatch(/Met: September 2, 2026/);
    const troika = await read((await feedOf(bra)).path);
    expect(troika.get(REPORT)).toMatchObject({ sequence: sequence - 1 });
    expect(troika.has(met)).toBe(false);
    expect((await read((await feedOf(fra)).path)).size).toBe(0);
  });

  it('of a session is public, in the reader’s language, and knows of no deadline', async () => {
    const { text, events } = await ofSession();
    const [first, ...slots] = [...events.values()];
    expect(first).toMatchObject({
      uid: `${sessionId}@comity`,
      summary: 'Universal Periodic Review: Session 50',
      starts: '2027-05-03',
      ends: '2027-05-15',
    });
    expect(slots.map(({ summary }) => summary)).toEqual([DIALOGUE, PLENARY]);
    expect(text).not.toContain('report');
    for (const { id } of await deadlines()) expect(text).not.toContain(id);
    expect(text).not.toContain(review);
    expect(text).toMatch(/REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n/);
    const french = await ofSession({ language: 'fr' });
    expect(french.events.get('Slovénie: Dialogue interactif')).toBeDefined();
    const nobody = `/v1/sessions/${review}/calendar`;
    await world.api.as().get(nobody).expect(404);
  });

  it('is in the language of its owner’s account, and marks rehearsals', async () => {
    const estonia: Client = await world.delegation('EST');
    await world.review('EST', { number: 60, test: true });
    const { path } = await feedOf(estonia);
    expect((await read(path)).has('[Rehearsal] Estonia: Interactive dialogue')).toBe(true);
    const { body } = await estonia.get('/v1/me').expect(200);
    const speak = `UPDATE identity.account SET language = 'ru' WHERE id = $1`;
    await ledger.rows(speak, [(body as { accountId: string }).accountId]);
    const russian = await read(path);
    expect(russian.has('[Репетиция] Эстония: Интерактивный диалог')).toBe(true);
    expect([...russian.values()].map(({ description }) => description).join()).toMatch(
      /Универсальный периодический обзор/,
    );
  });

  it('keeps what was cancelled for 90 days, as cancelled', async () => {
    const slot = await world.slot('AUT', 61);
    const { body } = await world.secretariat
      .post('/v1/reviews', { slotId: slot.slotId, test: false })
      .expect(201);
    await world.reach((body as { id: string }).id, 'AUT', 'wg-adopted');
    const { path } = await feedOf(await world.delegation('AUT'));
    const before = byUid(await read(path));
    const times = { starts: '2027-05-03T09:00:00+02:00', ends: '2027-05-03T12:30:00+02:00' };
    const undated = [{ state: 'AUT', ...times, outcomeStarts: null }];
    await reschedule(undated, 'No date yet', slot.sessionId);
    const cancelled = async () =>
      [...(await read(path)).values()].filter(({ status }) => status === 'CANCELLED');
    const gone = await cancelled();
    expect(gone.length).toBeGreaterThan(1);
    for (const { uid, sequence, summary, description } of gone) {
      expect(sequence).toBe(before.get(uid)!.sequence + 1);
      expect(summary).toBe(`${before.get(uid)!.summary} (Cancelled)`);
      expect(description).toMatch(/Cancelled: .+ UTC \(No date yet\)/);
    }
    await world.at('2027-08-03T09:00:00Z');
    expect(await cancelled()).toHaveLength(gone.length);
    await world.at('2027-08-04T09:00:00Z');
    expect(await cancelled()).toEqual([]);
  });
});

/** As the parser writes an instant. */
const instant = (at: Date): string => at.toISOString().replace('.000', '');
