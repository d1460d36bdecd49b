import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { implementing, say, word } from '../factories/follow-up.js';
import { World } from '../factories/world.js';
import { expectRefused, Ledger } from './ledger.js';

interface Left {
  predecessor: { id: string; cycle: number; session: number } | null;
  items: {
    recommendation: { id: string; text: string; position: string | null };
    status: { grade: string } | null;
    assessments: { by: { side: string }; grade: string }[];
    more: boolean;
  }[];
  next: string | null;
}

/** The next review begins where the last one ended. */
describe('the predecessor of a review', () => {
  let world: World;
  let ledger: Ledger;
  let before: string;
  let next: string;
  let published: readonly string[];
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    ({ review: before, published } = await implementing(world, 'SVN'));
    const slovenia = await world.delegation('SVN');
    await say(slovenia, before, word(published[0]!, 'not-implemented'));
    await say(slovenia, before, word(published[0]!, 'partially-implemented'));
    const { head } = await world.organization('Watch');
    await say(head, before, word(published[0]!, 'C'), word(published[1]!, 'D'));
    await say(await world.delegation('FRA'), before, word(published[0]!, 'B'));
    next = await world.review('SVN', { number: 51 });
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const left = async (review: string, query = {}) => {
    const reader = await world.delegation('KEN');
    const { body } = await reader.get(`/v1/reviews/${review}/predecessor`, query).expect(200);
    return body as Left;
  };

  it('is found at once: its recommendations, with positions and the latest words side by side', async () => {
    const { predecessor, items } = await left(next);
    expect(predecessor).toMatchObject({ cycle: 50, session: 50, state: 'SVN' });
    expect(items).toMatchObject([
      {
        recommendation: { id: published[0], position: 'supported' },
        status: { grade: 'partially-implemented' },
        assessments: [{ grade: 'C' }, { grade: 'B', by: { side: 'state:FRA' } }],
        more: false,
      },
      {
        recommendation: { id: published[1], position: 'noted' },
        status: null,
        assessments: [{ grade: 'D' }],
      },
    ]);
  });

  it('comes in pages', async () => {
    const first = await left(next, { limit: 1 });
    expect(first.items).toHaveLength(1);
    const second = await left(next, { limit: 1, cursor: first.next });
    expect(second.items.map(({ recommendation }) => recommendation.id)).toEqual([published[1]]);
    expect(second.next).toBeNull();
  });

  it('is none where the record has none; nobody is told of a review that they may not see', async () => {
    expect(await left(before)).toEqual({ predecessor: null, items: [], next: null });
    const url = `/v1/reviews/${next}/predecessor`;
    await expectRefused(ledger, world.api.as().get(url), 401, 'unauthenticated');
    await expectRefused(ledger, (await world.stranger()).get(url), 404, 'not-found');
  });

  it('is the one of the latest session, also if it came into the record by an import', async () => {
    const { predecessor } = await left(next);
    const imported = '01990000-0000-7000-8000-000000000001';
    await ledger.rows(
      `INSERT INTO record.proceeding (id, mechanism, state, session, cycle, body, sequence)
       SELECT $1::uuid, mechanism, state, 999, cycle, replace(body, id::text, ($1::uuid)::text), 0
       FROM record.proceeding WHERE id = $2`,
      [imported, predecessor!.id],
    );
    expect(await left(next)).toMatchObject({ predecessor: { id: imported }, items: [] });
    await ledger.rows('DELETE FROM record.proceeding WHERE id = $1', [imported]);
  });

  it('is named by the new review’s page of the record', async () => {
    const { predecessor } = await left(next);
    await world.file(await world.delegation('SVN'), next, { kind: 'national-report' });
    for (const kind of ['compilation', 'stakeholder-summary']) {
      await world.file(world.secretariat, next, { kind });
    }
    const { body } = await world.secretariat.get(`/v1/reviews/${next}`).expect(200);
    const { version } = body as { version: number };
    const troika = {
      states: ['ALB', 'BRA', 'NOR'],
      drawnOn: '2027-01-11',
      meeting: 'A meeting',
      witnesses: ['Somebody'],
    };
    await world.secretariat.post(`/v1/reviews/${next}/troika`, troika, { version }).expect(200);
    for (const move of ['record-troika', 'issue-documents']) {
      expect((await world.move(world.secretariat, next, move)).status).toBe(200);
    }
    const { publicId } = (await world.secretariat.get(`/v1/reviews/${next}`)).body as {
      publicId: string;
    };
    const page = await world.api.as().get(`/v1/record/proceedings/${publicId}`).expect(200);
    expect(page.body).toMatchObject({ predecessor: predecessor!.id });
  });
});
