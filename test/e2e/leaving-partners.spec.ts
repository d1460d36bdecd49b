import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { loadEnvironment } from '../../src/config/environment.js';
import { reapplyWithdrawals } from '../../src/reapply-withdrawals.js';
import { World } from '../factories/world.js';
import { joinApi } from '../setup/api.js';
import { copyDatabase, type TestDatabase } from '../setup/database.js';
import {
  answer,
  ask,
  draft,
  handIn,
  IN_TIME,
  partnersFor,
  signatories,
  takeOff,
  told,
  type Organization,
} from './joint.js';
import { expectProblem, Ledger } from './ledger.js';
import { rowsText } from './withdrawn.js';

interface Item {
  readonly id: string;
  readonly title: string;
  readonly partners?: { side: string; name: string }[];
}

/** A partner that is in danger later: it leaves, and nothing public says that it was there. */
describe('a partner that leaves', () => {
  let world: World;
  let ledger: Ledger;
  let folder: string;
  let review: string;
  let lead: Organization;
  let staying: Organization;
  let leaving: Organization;
  let removed: Organization;
  let joint: string;
  /** Of the lead and the one that stays. */
  let beside: string;
  let item: Item;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-partners-'));
    world = await World.build(IN_TIME, settings());
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    lead = await world.organization('Lead House');
    staying = await world.organization('Staying House');
    leaving = await world.organization('Leaving House');
    removed = await world.organization('Removed House');
    joint = (await draft(lead.head, review)).id;
    for (const each of [staying, leaving, removed]) {
      await ask(lead.head, joint, each);
      await answer(each.head, joint, 'accept');
    }
    await handIn(lead.head, joint);
    beside = (await draft(lead.head, review, 'By two')).id;
    await ask(lead.head, beside, staying);
    await answer(staying.head, beside, 'accept');
    await handIn(lead.head, beside);
    await world.reach(review, 'SVN', 'documented');
    item = (await published())!;
  }, 120_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const settings = () => ({
    COMITY_FILES: path.join(folder, 'files'),
    COMITY_KEYS: path.join(folder, 'keys.json'),
  });
  const published = async (named = 'Together'): Promise<Item | undefined> => {
    const { body } = await world.api.as().get('/v1/record/documents', { limit: 200 }).expect(200);
    return (body as { items: Item[] }).items.find(({ title }) => title === named);
  };
  const names = ({ partners }: Item) => partners?.map(({ name }) => name);
  const changes = async () => {
    const { body } = await world.api.as().get('/v1/record/changes', { limit: 200 }).expect(200);
    return (body as { items: { sequence: number; what: string; id: string }[] }).items;
  };

  it('is named in the record by then', () => {
    expect(names(item)).toEqual(['Leaving House', 'Removed House', 'Staying House']);
  });

  it('is gone from the item, whose change tells nothing more', async () => {
    const before = await changes();
    const journal = await ledger.journal(review, `joint:${joint}`);
    expect((await answer(leaving.head, joint, 'leave')).body).toMatchObject({
      status: 'left',
      namedTo: [],
    });
    expect(names((await published())!)).toEqual(['Removed House', 'Staying House']);
    const after = await changes();
    const added = after.slice(before.length);
    expect(added).toMatchObject([{ what: 'updated', id: item.id }]);
    expect(after.map(({ sequence }) => sequence)).toEqual(
      after.map((_, index) => after[0]!.sequence + index),
    );
    const record = await rowsText(world.api.database.adminUrl, ['record']);
    expect(record).not.toContain('Leaving House');
    expect(record).not.toContain(leaving.id);
    expect(await ledger.journal(review, `joint:${joint}`)).toEqual(journal);
    expect(await told(world.secretariat, joint)).toEqual({
      'Removed House': 'accepted',
      'Staying House': 'accepted',
    });
    for (const url of [signatories(joint), `/v1/documents/${joint}`]) {
      await expectProblem(leaving.head.get(url), 404, 'not-found');
    }
    expect(await told(lead.head, joint)).toMatchObject({ 'Leaving House': 'left' });
  });

  it('may be sealed, or taken off by the lead, after publication too', async () => {
    expect((await takeOff(lead.head, joint, removed)).status).toBe(200);
    expect(names((await published())!)).toEqual(['Staying House']);
    expect((await answer(staying.head, joint, 'seal')).body).toMatchObject({ sealed: true });
    const bare = (await published())!;
    expect('partners' in bare).toBe(false);
    expect(await told(world.secretariat, joint)).toEqual({});
    expect((await partnersFor(staying.head, joint)).partners).toMatchObject([
      { name: 'Staying House', status: 'accepted', sealed: true },
    ]);
  });

  it('is named no longer when the author is withdrawn, and may still leave', async () => {
    expect(names((await published('By two'))!)).toEqual(['Staying House']);
    const what = { kind: 'document', id: beside };
    const why = { ground: 'risk-to-person', reason: 'It names somebody' };
    const asked = { item: what, fields: ['author'], ...why };
    await world.secretariat.post('/v1/withdrawals', asked).expect(201);
    const gone = (await published('By two'))!;
    expect(gone).toMatchObject({ by: { side: null, name: '[withdrawn]' } });
    expect('partners' in gone).toBe(false);
    expect(await told(world.secretariat, beside)).toEqual({});
    expect(await told(lead.head, beside)).toEqual({ 'Staying House': 'accepted' });
    expect((await answer(staying.head, beside, 'leave')).status).toBe(200);
    const record = await rowsText(world.api.database.adminUrl, ['record']);
    expect(record).not.toContain(staying.id);
  });
});

/** What a backup from before says is not said again when it is restored. */
describe('a backup from before a partner left', () => {
  let folder: string;
  const databases: TestDatabase[] = [];
  const settings = () => ({
    COMITY_FILES: path.join(folder, 'files'),
    COMITY_KEYS: path.join(folder, 'keys.json'),
  });
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'comity-partners-'));
  });
  afterAll(async () => {
    for (const database of databases) await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('has it leave again, and whoever was sealed sealed again', async () => {
    const world = await World.build(IN_TIME, settings());
    databases.push(world.api.database);
    const review = await world.review('SVN');
    const lead = await world.organization('Lead House');
    const leaving = await world.organization('Leaving House');
    const sealed = await world.organization('Sealing House');
    const staying = await world.organization('Staying House');
    const joint = (await draft(lead.head, review)).id;
    for (const each of [leaving, sealed, staying]) {
      await ask(lead.head, joint, each);
      await answer(each.head, joint, 'accept');
    }
    await handIn(lead.head, joint);
    await world.reach(review, 'SVN', 'documented');
    await world.api.app.close();
    const restored = await copyDatabase(world.api.database);
    databases.push(restored);
    const live = await joinApi(world.api.database, settings());
    await answer(live.as(leaving.head.token), joint, 'leave');
    await answer(live.as(sealed.head.token), joint, 'seal');
    await live.app.close();
    const before = await rowsText(restored.adminUrl, ['record']);
    expect(before).toContain('Leaving House');
    const environment = loadEnvironment({
      APP_DATABASE_URL: restored.appUrl,
      PUBLIC_DATABASE_URL: restored.publicUrl,
      COMITY_TEST_MODE: 'on',
      LOG_LEVEL: 'silent',
      ...settings(),
    });
    const reapply = () => reapplyWithdrawals(environment, pino({ level: 'silent' }));
    const applied = { known: 2, again: 2, absent: 0, unreadable: 0 };
    expect(await reapply()).toEqual(applied);
    const record = await rowsText(restored.adminUrl, ['record']);
    expect(record).toContain('Staying House');
    for (const gone of ['Leaving House', 'Sealing House', leaving.id, sealed.id]) {
      expect(record).not.toContain(gone);
    }
    expect(await reapply()).toEqual({ ...applied, again: 0 });
    const again = await joinApi(restored, settings());
    await expectProblem(again.as(leaving.head.token).get(signatories(joint)), 404, 'not-found');
    expect(await told(again.as(sealed.head.token), joint)).toEqual({
      'Sealing House': 'accepted',
      'Staying House': 'accepted',
    });
    await again.app.close();
  }, 120_000);
});
