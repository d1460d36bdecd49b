import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

type Body = Record<string, never> & { id: string; version: number };

describe('documents', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  let drafter: Client;
  let watch: { side: string; head: Client };
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    drafter = await world.delegation('SVN', 'drafter');
    watch = await world.organization('Watch');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = () => `/v1/reviews/${review}/documents`;
  const begin = (who: Client, kind: string, more: object = {}) =>
    who.post(url(), { kind, title: `A ${kind}`, ...more });
  const submit = (who: Client, { id, version }: Body) =>
    who.post(`/v1/documents/${id}/submit`, undefined, { version });
  /** Begun, and with content: everything but handed in. */
  const ready = async (
    who: Client,
    kind: string,
    { text = 'Words.', ...more }: { text?: string; onBehalfOf?: string } = {},
  ): Promise<Body> => {
    const { body } = await begin(who, kind, more).expect(201);
    const sent = await who
      .upload(`/v1/documents/${body.id}/content`, text, body as Body)
      .expect(200);
    return sent.body as Body;
  };
  const seen = async (who: Client, query = {}): Promise<string[]> =>
    ((await who.get(url(), { limit: 200, ...query }).expect(200)).body.items as Body[]).map(
      ({ id }) => id,
    );
  const places = (id: string) =>
    ledger.row('SELECT compartment, status, side, filed_by FROM casework.document WHERE id = $1', [
      id,
    ]);

  describe('on a desk', () => {
    it('are begun by a drafter, and lie where only their side sees them', async () => {
      const { body, headers } = await begin(drafter, 'national-report', { symbol: 'A/1' }).expect(
        201,
      );
      expect(headers['etag']).toBe('"1"');
      const own = { side: 'state:SVN', filedBy: 'state:SVN', status: 'draft', limit: 10_700 };
      expect(body).toMatchObject({ ...own, symbol: 'A/1', submittedAt: null, publicId: null });
      const desk = 'desk:state:SVN';
      const row = { compartment: desk, status: 'draft', side: 'state:SVN', filed_by: 'state:SVN' };
      expect(await places(body.id)).toEqual(row);
      const me = (await drafter.get('/v1/me')).body.accountId as string;
      expect(await ledger.journal(review, desk)).toEqual([
        expect.objectContaining({ what: 'document-begun', by: 'state:SVN', author: me }),
      ]);
      expect(await seen(slovenia)).toContain(body.id);
      const missing = await world.secretariat.get(`/v1/documents/${NOBODY}`).expect(404);
      const others = [world.secretariat, await world.delegation('FRA'), watch.head, world.admin];
      for (const who of others) {
        for (const part of ['', '/content']) {
          const answer = await who.get(`/v1/documents/${body.id}${part}`).expect(404);
          expect(answer.text).toBe(missing.text);
        }
        const journal = await who.get(`/v1/reviews/${review}/journal`, { limit: 200 });
        expect(journal.text).not.toContain(body.id);
      }
      expect(await seen(world.secretariat)).not.toContain(body.id);
    });

    it('are begun by those whose kind they are, at their time', async () => {
      const france = await world.delegation('FRA');
      const facts = { by: ['stateUnderReview'] };
      for (const who of [france, watch.head, world.secretariat, await world.president()]) {
        await expectRefused(ledger, begin(who, 'national-report'), 409, 'wrong-role', { facts });
      }
      await expectRefused(ledger, begin(slovenia, 'compilation'), 409, 'wrong-role');
      const early = begin(slovenia, 'addendum');
      const when = { facts: { status: 'scheduled', during: ['wg-adopted', 'positioned'] } };
      await expectRefused(ledger, early, 409, 'wrong-stage', when);
      await expectRefused(ledger, begin(slovenia, 'novel'), 422, 'unknown-kind', {
        facts: { kind: 'novel' },
      });
      for (const title of ['', '   ', 'x'.repeat(501)]) {
        const call = begin(slovenia, 'national-report', { title });
        const errors = [{ pointer: '/title' }];
        await expectRefused(ledger, call, 422, 'invalid-content', { errors });
      }
      const hidden = (await world.stranger()).post(url(), { kind: 'novel', title: 'x' });
      await expectRefused(ledger, hidden, 404, 'not-found');
    });

    it('are begun at the same time by people of one side that nobody had joined', async () => {
      const { head } = await world.organization('Choir');
      const calls = [1, 2, 3, 4].map(() => begin(head, 'stakeholder-submission'));
      const answers = await Promise.all(calls);
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(await seen(head)).toHaveLength(4);
    });
  });

  describe('handed in', () => {
    it('move to where the secretariat reads them, and the other parties don’t yet', async () => {
      const report = await ready(watch.head, 'stakeholder-submission');
      const { body, headers } = await submit(watch.head, report).expect(200);
      expect([body.status, headers['etag']]).toEqual(['submitted', `"${body.version}"`]);
      const filed = `filed:${watch.side}`;
      expect(await places(report.id)).toMatchObject({ compartment: filed, status: 'submitted' });
      const entry = (await ledger.journal(review, filed)).at(-1)!;
      expect(entry).toMatchObject({ what: 'document-submitted', by: watch.side });
      expect(entry.facts).toMatchObject({ documentId: report.id, words: 1, late: false });
      expect(JSON.stringify(entry)).not.toContain('Words');
      expect(await seen(world.secretariat)).toEqual([report.id]);
      expect((await world.secretariat.get(`/v1/documents/${report.id}/content`)).text).toBe(
        'Words.',
      );
      for (const who of [slovenia, await world.delegation('FRA'), await world.president()]) {
        await who.get(`/v1/documents/${report.id}`).expect(404);
        expect(await seen(who)).not.toContain(report.id);
      }
      await expectRefused(ledger, submit(watch.head, report), 412, 'stale');
      const again = submit(watch.head, body as Body);
      await expectRefused(ledger, again, 409, 'already-submitted');
    });

    it('need content, the permission, the version, and their author', async () => {
      const { body } = await begin(drafter, 'national-report').expect(201);
      const bare = submit(slovenia, body as Body);
      await expectRefused(ledger, bare, 409, 'content-missing');
      const report = await ready(drafter, 'national-report');
      const facts = { permission: 'submit' };
      await expectRefused(ledger, submit(drafter, report), 409, 'permission-missing', { facts });
      const without = slovenia.post(`/v1/documents/${report.id}/submit`);
      await expectRefused(ledger, without, 428, 'version-required');
      await expectRefused(ledger, submit(world.secretariat, report), 404, 'not-found');
      const courtesy = await begin(slovenia, 'national-report').expect(201);
      const sent = await slovenia.upload(`/v1/documents/${courtesy.body.id}/content`, 'Besede.', {
        version: 1,
        query: { language: 'sl', standing: 'courtesy' },
      });
      await expectRefused(ledger, submit(slovenia, sent.body as Body), 409, 'content-missing');
    });

    it('say how many words were counted and allowed when they are too long', async () => {
      const words = (count: number) => 'word '.repeat(count);
      const long = await ready(watch.head, 'joint-submission', { text: words(5631) });
      const facts = { counted: 5631, allowed: 5630 };
      await expectRefused(ledger, submit(watch.head, long), 422, 'over-word-limit', { facts });
      const fits = await ready(watch.head, 'joint-submission', { text: words(5630) });
      expect((await submit(watch.head, fits).expect(200)).body.overLimit).toBe(false);
      const own = await ready(world.secretariat, 'compilation', { text: words(5351) });
      expect((await submit(world.secretariat, own).expect(200)).body.overLimit).toBe(true);
    });

    it('are one of a kind where the procedure says so', async () => {
      const [first, second] = [
        await ready(slovenia, 'national-report'),
        await ready(slovenia, 'national-report'),
      ];
      const trial = await slovenia
        .post(`/v1/documents/${first.id}/submit`, undefined, {
          version: first.version,
          query: { dryRun: true },
        })
        .expect(200);
      expect(trial.body).toEqual({ ok: true, refusals: [], deadlines: [] });
      const both = await Promise.all([submit(slovenia, first), submit(slovenia, second)]);
      expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
      const lost = both.find(({ status }) => status === 409)!;
      expect(lost.body).toMatchObject({
        code: 'already-exists',
        facts: { kind: 'national-report' },
      });
      expect(await seen(world.secretariat, { kind: 'national-report' })).toHaveLength(1);
    });
  });

  describe('for another', () => {
    const onBehalfOf = () => ({ onBehalfOf: watch.side });

    it('are filed by a secretariat, and say so for good', async () => {
      const { side, head } = await world.organization('Listen');
      const paper = await ready(world.secretariat, 'stakeholder-submission', { onBehalfOf: side });
      expect(paper).toMatchObject({ side, filedBy: 'secretariat:upr' });
      await head.get(`/v1/documents/${paper.id}`).expect(404);
      await submit(world.secretariat, paper).expect(200);
      const { body } = await head.get(`/v1/documents/${paper.id}`).expect(200);
      expect(body).toMatchObject({ side, filedBy: 'secretariat:upr' });
      const row = {
        side,
        filed_by: 'secretariat:upr',
        compartment: `filed:${side}`,
      };
      expect(await places(paper.id)).toMatchObject(row);
      const journal = await head.get(`/v1/reviews/${review}/journal`, { limit: 200 });
      const told = (journal.body.items as { what: string; by: string }[]).filter(
        ({ what, by }) => what === 'document-submitted' && by === 'secretariat:upr',
      );
      expect(told).toEqual([expect.objectContaining({ onBehalfOf: side })]);
    });

    it('are filed by nobody else, and for nobody else', async () => {
      const kind = 'stakeholder-submission';
      for (const who of [slovenia, await world.delegation('FRA'), watch.head]) {
        await expectRefused(ledger, begin(who, kind, onBehalfOf()), 409, 'wrong-role');
      }
      const { secretariat } = world;
      const foreign = begin(secretariat, 'national-report', { onBehalfOf: 'state:FRA' });
      await expectRefused(ledger, foreign, 409, 'wrong-role');
      const nobody = `organization:${randomUUID()}`;
      await expectRefused(
        ledger,
        begin(secretariat, kind, { onBehalfOf: nobody }),
        422,
        'unknown-side',
        {
          facts: { side: nobody },
        },
      );
      const shapeless = begin(secretariat, kind, { onBehalfOf: 'somebody' });
      await expectRefused(ledger, shapeless, 422, 'invalid-content');
    });
  });

  it('are listed in pages, each once, and by kind', async () => {
    const { head } = await world.organization('Press');
    const made = [];
    for (let n = 0; n < 5; n += 1) {
      const kind = n === 0 ? 'joint-submission' : 'stakeholder-submission';
      made.push((await begin(head, kind).expect(201)).body.id as string);
    }
    const ids = (await everyPage<Body>(head, `${url()}?limit=2`)).flat().map(({ id }) => id);
    expect(ids.toSorted()).toEqual(made.toSorted());
    expect(await seen(head, { kind: 'joint-submission' })).toEqual([made[0]]);
  });
});
