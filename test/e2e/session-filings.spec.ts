import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openSession } from '../factories/session.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectUnchanged, Ledger } from './ledger.js';

const SUBMISSION = 'stakeholder-submission';

interface Prepared {
  readonly documentId: string;
  readonly version: number;
}
interface Paper {
  readonly who?: Client;
  readonly kind?: string;
  readonly more?: object;
}

/** Compilations and summaries of many reviews, prepared and handed in at once. */
describe('many documents of a session in one call', () => {
  let world: World;
  let ledger: Ledger;
  let session: string;
  let reviews: Record<'SVN' | 'KEN', string>;
  let watch: { side: string; head: Client };
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    ({ sessionId: session, reviews } = await openSession(world, ['SVN', 'KEN']));
    for (const state of ['SVN', 'KEN'] as const) {
      await world.reach(reviews[state], state, 'preparation');
    }
    watch = await world.organization('A watch');
    await world.at('2026-10-05T09:00:00Z');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const prepare = async (review: string, paper: Paper = {}): Promise<Prepared> => {
    const { who = world.secretariat, kind = 'compilation', more = {} } = paper;
    const begun = await who
      .post(`/v1/reviews/${review}/documents`, { kind, title: kind, ...more })
      .expect(201);
    const { id, version } = begun.body as { id: string; version: number };
    const url = `/v1/documents/${id}/content`;
    const sent = await who.upload(url, 'A few words.', { version }).expect(200);
    return { documentId: id, version: (sent.body as { version: number }).version };
  };
  const ask = (items: readonly object[], who: Client = world.secretariat, more: object = {}) =>
    who.post(`/v1/sessions/${session}/filings`, { items }, more);
  const filed = async (review: string) =>
    (await ledger.journal(review)).filter(({ what }) => what === 'document-submitted').length;

  it('a dry run tells what each would be refused for, and hands nothing in', async () => {
    const [one, other] = [await prepare(reviews.SVN), await prepare(reviews.KEN)];
    const late = await prepare(reviews.KEN, { kind: SUBMISSION, more: { onBehalfOf: watch.side } });
    const dry = { query: { dryRun: true } };
    const { body } = await expectUnchanged(ledger, () =>
      ask([one, { ...other, version: 99 }, late], world.secretariat, dry),
    );
    expect(body).toMatchObject({
      ok: false,
      refusals: [
        { code: 'stale', facts: { item: other.documentId, given: 99 } },
        { code: 'too-late', facts: { item: late.documentId } },
      ],
    });
    const fine = await ask([one, other], world.secretariat, dry);
    expect(fine.body).toMatchObject({ ok: true, refusals: [] });
  });

  it('each for itself: what may be handed in is, what may not says why, and nothing twice', async () => {
    const more = { onBehalfOf: watch.side };
    const received = { at: '2026-10-01T15:30:00+02:00', how: 'post' };
    const elsewhere = await world.review('FRA', { number: 51 });
    const all = [
      await prepare(reviews.SVN),
      await prepare(reviews.SVN, { kind: SUBMISSION, more: { ...more, received } }),
      await prepare(reviews.KEN),
      await prepare(reviews.KEN, { kind: SUBMISSION, more }),
      // A second one, where there is only one.
      await prepare(reviews.KEN),
      { ...(await prepare(reviews.KEN, { kind: 'stakeholder-summary' })), version: 99 },
      // A draft of another side, a document of another session, and none at all.
      await prepare(reviews.KEN, { who: await world.delegation('KEN'), kind: 'national-report' }),
      await prepare(elsewhere),
      { documentId: randomUUID(), version: 1 },
    ] as const;
    const before = await filed(reviews.KEN);
    const key = randomUUID();
    const { body } = await ask(all, world.secretariat, { key }).expect(200);
    const refusals = ['too-late', 'already-exists', 'stale', ...Array<string>(3).fill('not-found')];
    expect(body).toMatchObject({
      filed: 3,
      outcomes: all.map(({ documentId }, index) =>
        index < 3
          ? { documentId, filed: true, late: false, refused: null }
          : { documentId, filed: false, version: null, refused: { code: refusals[index - 3] } },
      ),
    });
    for (const { documentId, version } of body.outcomes.slice(0, 3) as Prepared[]) {
      const shown = await world.secretariat.get(`/v1/documents/${documentId}`).expect(200);
      expect(shown.body).toMatchObject({ status: 'submitted', version });
    }
    // The organization has what was handed in for it, in time as it was received.
    const theirs = await watch.head.get(`/v1/documents/${all[1].documentId}`).expect(200);
    expect(theirs.body).toMatchObject({ side: watch.side, late: false });
    const again = await ask(all, world.secretariat, { key }).expect(200);
    expect(again.body).toEqual(body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await filed(reviews.KEN)).toBe(before + 1);
  });

  it('any side hands in its own, and nobody another’s', async () => {
    const kenya = await world.delegation('KEN');
    const report = await prepare(reviews.KEN, { who: kenya, kind: 'national-report' });
    const drafter = await world.person('state:KEN', 'drafter');
    const { body } = await ask([report], drafter).expect(200);
    expect(body).toMatchObject({
      filed: 0,
      outcomes: [{ refused: { code: 'permission-missing' } }],
    });
    const office = await ask([report]).expect(200);
    expect(office.body).toMatchObject({ outcomes: [{ refused: { code: 'not-found' } }] });
    const own = await ask([report], kenya).expect(200);
    expect(own.body).toMatchObject({ filed: 1 });
  });

  it('is refused as a whole for what is wrong with it', async () => {
    const one = { documentId: randomUUID(), version: 1 };
    await expectProblem(ask([]), 422, 'invalid-content');
    await expectProblem(ask([one, one]), 422, 'invalid-content');
    await expectProblem(ask([{ documentId: one.documentId }]), 422, 'invalid-content');
    const nowhere = world.secretariat.post(`/v1/sessions/${reviews.SVN}/filings`, { items: [one] });
    await expectProblem(nowhere, 404, 'not-found');
    await expectProblem(ask([one], world.api.as()), 401, 'unauthenticated');
  });
});
