import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { loadEnvironment } from '../../src/config/environment.js';
import { MASK } from '../../src/modules/record/index.js';
import { reapplyWithdrawals } from '../../src/reapply-withdrawals.js';
import { World } from '../factories/world.js';
import { joinApi, type Client } from '../setup/api.js';
import { copyDatabase, type TestDatabase } from '../setup/database.js';
import { expectRefused, Ledger } from './ledger.js';
import { rowsText } from './withdrawn.js';

/** What States reserve on the adoption of a report: recorded, published, and taken out again. */
describe('reservations on the adoption of the report', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let office: Client;
  let france: Client;
  let folder: string;
  const settings = () => ({
    COMITY_FILES: path.join(folder, 'files'),
    COMITY_KEYS: path.join(folder, 'keys.json'),
  });
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-reservations-'));
    world = await World.build(undefined, settings());
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    [office, france] = [world.secretariat, await world.delegation('FRA')];
    await world.reach(review, 'SVN', 'reviewed');
  });
  afterAll(async () => {
    await world.api.database.drop();
    await rm(folder, { recursive: true });
  });

  const text = 'France dissociates itself from paragraph 6.';
  const said = { state: 'FRA', kind: 'reservation', text, madeOn: '2027-05-05' };
  const record = (who: Client, body: object = said) =>
    who.post(`/v1/reviews/${review}/reservations`, body);
  const page = async (api = world.api) => {
    const { body } = await api.as().get('/v1/record/proceedings', { state: 'SVN' }).expect(200);
    return (body as { items: { reservations?: { text: string }[] }[] }).items[0]!;
  };

  it('are recorded by the secretariat, from the adoption on', async () => {
    await expectRefused(ledger, record(office), 409, 'wrong-stage', {
      facts: { status: 'reviewed', during: ['wg-adopted', 'positioned'] },
    });
    await world.reach(review, 'SVN', 'wg-adopted');
    expect((await page()).reservations).toBeUndefined();
    for (const who of [france, await world.president()]) {
      await expectRefused(ledger, record(who), 409, 'wrong-role');
    }
    const drafter = await world.person('secretariat:upr', 'drafter');
    await expectRefused(ledger, record(drafter), 409, 'permission-missing');
    await (await world.stranger()).get(`/v1/reviews/${review}/reservations`).expect(404);
    await record(await world.stranger()).expect(404);
    await record(world.api.as()).expect(401);
    await expectRefused(ledger, record(office, { ...said, state: 'XXX' }), 422, 'unknown-state');
    await record(office, { ...said, kind: 'veto' }).expect(422);
    const { body } = await record(office).expect(201);
    expect(body).toMatchObject({ ...said, proceedingId: review, withdrawnAt: null, version: 1 });
    expect((await ledger.journal(review, 'parties')).at(-1)).toMatchObject({
      what: 'reservation-recorded',
      by: 'secretariat:upr',
      facts: { reservationId: (body as { id: string }).id, kind: 'reservation', state: 'FRA' },
    });
    const told = await france.get(`/v1/reviews/${review}/reservations`).expect(200);
    expect(told.body.items).toEqual([body]);
  });

  it('stand on the page of the review, whatever is published of it later', async () => {
    expect((await page()).reservations).toMatchObject([
      { state: 'FRA', text, madeOn: '2027-05-05' },
    ]);
    await world.reach(review, 'SVN', 'positioned');
    expect((await page()).reservations).toMatchObject([{ text }]);
  });

  it('lose their words where that is needed for safety, and stay without them after a restore', async () => {
    const list = await office.get(`/v1/reviews/${review}/reservations`).expect(200);
    const [{ id }] = (list.body as { items: [{ id: string }] }).items;
    const url = `/v1/reservations/${id}`;
    await (await world.stranger()).get(url).expect(404);
    await expectRefused(ledger, withdraw(france, id), 409, 'permission-missing');
    await ledger.close();
    await world.api.app.close();
    const restored = await copyDatabase(world.api.database);
    const live = await joinApi(world.api.database, settings());
    const done = await withdraw(live.as(office.token), id).expect(201);
    expect(done.body).toMatchObject({ item: { kind: 'reservation', id }, parts: ['text'] });
    const { body } = await live.as(france.token).get(url).expect(200);
    expect(body).toMatchObject({ text: MASK, withdrawnAt: expect.any(String), version: 2 });
    expect((await page(live)).reservations).toMatchObject([{ state: 'FRA', text: MASK }]);
    await withdraw(live.as(office.token), id).expect(409);
    await live.app.close();
    const rows = ({ adminUrl }: TestDatabase) =>
      rowsText(adminUrl, ['casework', 'journal', 'record']);
    expect(await rows(world.api.database)).not.toContain(text);
    expect(await rows(restored)).toContain(text);
    const environment = loadEnvironment({
      APP_DATABASE_URL: restored.appUrl,
      COMITY_TEST_MODE: 'on',
      LOG_LEVEL: 'silent',
      ...settings(),
    });
    const applied = await reapplyWithdrawals(environment, pino({ level: 'silent' }));
    expect(applied).toEqual({ known: 1, again: 1, absent: 0, unreadable: 0 });
    expect(await rows(restored)).not.toContain(text);
    await restored.drop();
  }, 60_000);

  const withdraw = (who: Client, id: string) =>
    who.post('/v1/withdrawals', {
      item: { kind: 'reservation', id },
      fields: ['text'],
      ground: 'risk-to-person',
      reason: 'It names a witness',
    });
});
