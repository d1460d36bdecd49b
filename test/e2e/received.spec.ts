import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

const OFFICE = 'secretariat:upr';
interface Versioned {
  id: string;
  version: number;
}

/** Stakeholders' submissions close on 3 October 2026 at noon (Geneva): late ones are refused. */
describe('what a side handed over by other means', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let watch: { side: string; head: Client };
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    watch = await world.organization('A watch');
    await world.reach(review, 'SVN', 'preparation');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const begin = (received: object | undefined, more: object = {}, who = world.secretariat) =>
    who.post(`/v1/reviews/${review}/documents`, {
      kind: 'stakeholder-submission',
      title: 'Handed over',
      onBehalfOf: watch.side,
      ...(received && { received }),
      ...more,
    });
  const file = async (received: object | undefined, more: object = {}) => {
    const begun = (await begin(received, more).expect(201)).body as Versioned;
    const url = `/v1/documents/${begun.id}`;
    const sent = await world.secretariat
      .upload(`${url}/content`, 'Our words.', { version: begun.version })
      .expect(200);
    const { version } = sent.body as Versioned;
    const submit = () => world.secretariat.post(`${url}/submit`, undefined, { version });
    return { id: begun.id, submit };
  };
  const deadline = async (key: string) => {
    const { body } = await world.secretariat.get(`/v1/reviews/${review}/deadlines`).expect(200);
    const { items } = body as { items: { key: string; status: string; metAt: string | null }[] };
    return items.find((each) => each.key === key);
  };

  it('was handed over since the review was opened, and not in time to come', async () => {
    for (const at of ['2026-08-31T09:00:00Z', '2026-09-02T09:00:00Z']) {
      await expectRefused(ledger, begin({ at, how: 'post' }), 422, 'receipt-impossible', {
        facts: { receivedAt: new Date(at).toISOString() },
      });
    }
  });

  it('says so only for another side, and by means that there are', async () => {
    const received = { at: '2026-09-01T09:00:00Z', how: 'post' };
    const own = begin(received, { onBehalfOf: undefined }, watch.head);
    await expectRefused(ledger, own, 422, 'invalid-content', {
      errors: [{ pointer: '/received', detail: 'is for what is filed on behalf of a side' }],
    });
    await expectProblem(begin({ ...received, how: 'pigeon' }), 422, 'invalid-content');
    await expectProblem(begin({ at: received.at }), 422, 'invalid-content');
    // Nobody but a secretariat files for another, whenever it was handed over.
    const state = begin(received, {}, await world.delegation('SVN'));
    await expectRefused(ledger, state, 409, 'wrong-role');
  });

  it('is in time when it was received in time, and late when it was not', async () => {
    await world.at('2026-10-05T09:00:00Z');
    const now = await file(undefined);
    await expectRefused(ledger, now.submit(), 409, 'too-late');
    const after = await file({ at: '2026-10-03T18:00:00+02:00', how: 'mail' });
    await expectRefused(ledger, after.submit(), 409, 'too-late', {
      facts: { arrived: '2026-10-03T16:00:00.000Z' },
    });
    const at = '2026-10-01T15:30:00+02:00';
    const { id, submit } = await file({ at, how: 'post' });
    const shown = (await submit().expect(200)).body as Record<string, unknown>;
    const both = {
      side: watch.side,
      filedBy: OFFICE,
      late: false,
      receivedAt: '2026-10-01T13:30:00.000Z',
      receivedHow: 'post',
    };
    expect(shown).toMatchObject(both);
    expect(String(shown['submittedAt'])).toMatch(/^2026-10-05T09:00:/);
    const row = await ledger.row(
      `SELECT received_at, received_how, late FROM casework.document WHERE id = $1`,
      [id],
    );
    expect(row).toEqual({ received_at: new Date(at), received_how: 'post', late: false });
    // The side reads both times, and who filed it, in what it sees and in its chain of the journal.
    const seen = await watch.head.get(`/v1/documents/${id}`).expect(200);
    expect(seen.body).toMatchObject(both);
    const tray = { compartment: `filed:${watch.side}` };
    const journal = await watch.head.get(`/v1/reviews/${review}/journal`, tray).expect(200);
    expect(journal.body.items).toMatchObject([
      {
        what: 'document-submitted',
        by: OFFICE,
        onBehalfOf: watch.side,
        facts: { late: false, receivedAt: both.receivedAt, receivedHow: 'post' },
      },
    ]);
  });

  it('meets a deadline that had lapsed before anybody knew of it', async () => {
    await world.at('2027-02-10T09:00:00Z');
    expect(await deadline('national-report')).toMatchObject({ status: 'lapsed', metAt: null });
    const received = { at: '2027-02-01T10:00:00+01:00', how: 'by-hand' };
    const more = { kind: 'national-report', onBehalfOf: 'state:SVN' };
    const { submit } = await file(received, more);
    expect((await submit().expect(200)).body).toMatchObject({ late: false });
    expect(await deadline('national-report')).toMatchObject({
      status: 'met',
      metAt: '2027-02-01T09:00:00.000Z',
      // That it lapsed meanwhile is not undone.
      lapsedAt: expect.any(String) as unknown,
    });
  });
});
