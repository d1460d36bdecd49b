import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { implementing, say, word } from '../factories/follow-up.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

interface Said {
  id: string;
  side: string;
  kind: string;
  grade: string;
  status: string;
  version: number;
}

/** The State tells how far it has implemented what was recommended. */
describe('the follow-up of a review', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let published: readonly string[];
  let slovenia: Client;
  let watch: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    ({ review, published } = await implementing(world, 'SVN'));
    slovenia = await world.delegation('SVN');
    watch = (await world.organization('Watch')).head;
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = (more = '') => `/v1/reviews/${review}/follow-up${more}`;
  const prepare = (who: Client, ...items: object[]) => who.post(url(), { items });
  const give = (who: Client, query = {}) => who.post(url('/submit'), {}, { query });
  const seen = async (who: Client, query = {}) =>
    ((await who.get(url(), query).expect(200)).body as { items: Said[] }).items;
  const told = (n: number, grade = 'fully-implemented', more: object = {}) =>
    word(published[n]!, grade, more);

  it('is offered to whoever may speak, in the review and of a recommendation', async () => {
    const offered = async (who: Client, address: string, name: string) => {
      const { actions } = (await who.get(address).expect(200)).body as {
        actions: { action: string; allowed: boolean; because: string | null }[];
      };
      const { allowed, because } = actions.find(({ action }) => action === name)!;
      return because ?? allowed;
    };
    const address = `/v1/reviews/${review}`;
    expect(await offered(slovenia, address, 'prepare:follow-up')).toBe(true);
    expect(await offered(watch, address, 'prepare:follow-up')).toBe(true);
    const drafter = await world.delegation('SVN', 'drafter');
    expect(await offered(drafter, address, 'prepare:follow-up')).toBe(true);
    const president = await world.president();
    expect(await offered(president, address, 'prepare:follow-up')).toBe('wrong-role');
    const list = await slovenia.get(`/v1/reviews/${review}/recommendations`).expect(200);
    const { id } = (list.body as { items: [{ id: string }] }).items[0];
    expect(await offered(slovenia, `/v1/recommendations/${id}`, 'prepare-follow-up')).toBe(true);
  });

  it('is prepared in the side’s own desk, of supported and noted ones', async () => {
    const drafter = await world.delegation('SVN', 'drafter');
    const done = await prepare(drafter, told(0), told(1, 'not-implemented')).expect(200);
    expect(done.body).toEqual({ prepared: 2 });
    expect(await seen(slovenia)).toMatchObject([
      { side: 'state:SVN', kind: 'status', status: 'draft', version: 1 },
      { side: 'state:SVN', kind: 'status', status: 'draft', version: 1 },
    ]);
    for (const other of [watch, world.secretariat, await world.delegation('FRA')]) {
      expect(await seen(other)).toEqual([]);
    }
    const entries = await ledger.rows<{ body: string }>(
      `SELECT body FROM journal.entry WHERE compartment = 'desk:state:SVN' ORDER BY n DESC LIMIT 1`,
    );
    expect(entries[0]!.body).toContain('follow-up-prepared');
    expect(entries[0]!.body).not.toContain('A few words');
  });

  it('says of each item that is refused why, and does nothing then', async () => {
    const document = '5f1d7a2e-9c3b-4b6e-8f0a-000000000000';
    const items = [
      told(0, 'partially-implemented'),
      told(1, 'A', { version: 1 }),
      word(document, 'fully-implemented'),
    ];
    const facts = {
      items: [
        { id: published[0], code: 'stale', facts: { given: 0, version: 1 } },
        {
          id: published[1],
          code: 'grade-unknown',
          facts: {
            grade: 'A',
            known: ['fully-implemented', 'partially-implemented', 'not-implemented'],
          },
        },
        { id: document, code: 'unknown-recommendation', facts: {} },
      ],
    };
    await expectRefused(ledger, prepare(slovenia, ...items), 409, 'items-refused', { facts });
    const one = async (more: object, code: string) => {
      const { body } = await prepare(slovenia, told(0, 'not-implemented', more)).expect(409);
      expect((body as { facts: typeof facts }).facts.items[0]!.code).toBe(code);
    };
    await one({ version: 1, asOf: '2030-01-01' }, 'dates-in-disorder');
    await one({ version: 1, evidence: [{ documentId: document }] }, 'unknown-document');
    const twice = prepare(slovenia, told(0), told(0));
    await expectRefused(ledger, twice, 422, 'invalid-content');
    const plain = { evidence: [{ title: 'A page', url: 'http://plain.example' }] };
    await expectRefused(ledger, prepare(slovenia, told(0, 'x', plain)), 422, 'invalid-content');
  });

  it('is handed in by whoever may submit, all at once, and public from then on', async () => {
    const drafter = await world.delegation('SVN', 'drafter');
    await expectRefused(ledger, give(drafter), 409, 'permission-missing');
    await expectRefused(ledger, give(watch), 409, 'nothing-to-submit');
    await give(slovenia, { dryRun: true }).expect(200);
    expect((await seen(slovenia)).every(({ status }) => status === 'draft')).toBe(true);
    const done = await give(slovenia).expect(200);
    expect(done.body).toEqual({ kind: 'status', given: 2, revised: 0 });
    expect(await seen(watch)).toMatchObject([{ status: 'given' }, { status: 'given' }]);
    const { body } = await world.api
      .as()
      .get(`/v1/record/recommendations/${published[1]}/follow-up`)
      .expect(200);
    expect(body).toMatchObject({
      items: [
        {
          kind: 'status',
          state: 'SVN',
          by: { side: 'state:SVN', name: 'Slovenia' },
          grade: 'not-implemented',
          asOf: '2027-09-01',
          current: true,
        },
      ],
    });
    const rows = await ledger.rows(
      `SELECT compartment, status FROM casework.assessment WHERE side = 'state:SVN'`,
    );
    const row = { compartment: 'case', status: 'given' };
    expect(rows).toEqual([row, row]);
  });

  it('keeps what was said before beside what is said later', async () => {
    await prepare(slovenia, told(0, 'partially-implemented', { text: 'On reflection' })).expect(
      200,
    );
    const done = await give(slovenia).expect(200);
    expect(done.body).toEqual({ kind: 'status', given: 1, revised: 1 });
    const all = `/v1/record/recommendations/${published[0]}/follow-up`;
    const read = async (query: Record<string, string>) =>
      (
        (await world.api.as().get(all, query).expect(200)).body as {
          items: { id: string; grade: string; text: string; current: boolean }[];
        }
      ).items;
    const [first, second] = await read({});
    expect(first).toMatchObject({
      grade: 'fully-implemented',
      text: 'A few words',
      current: false,
    });
    expect(second).toMatchObject({ grade: 'partially-implemented', current: true });
    expect(await read({ current: 'true' })).toEqual([second]);
    const feed = await world.api.as().get('/v1/record/changes', { limit: 200 }).expect(200);
    const changes = (
      feed.body as { items: { kind: string; what: string; id: string; href: string }[] }
    ).items;
    expect(
      changes.flatMap(({ kind, what, id }) =>
        kind === 'assessment' && id === first!.id ? [what] : [],
      ),
    ).toEqual(['published', 'updated']);
    const { href } = changes.find(({ id }) => id === second!.id)!;
    expect((await world.api.as().get(href).expect(200)).body).toEqual(second);
  });

  it('is signed by no person', async () => {
    const columns = await ledger.rows<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns
       WHERE table_name = 'assessment' AND column_name ~ 'account|person'`,
    );
    expect(columns).toEqual([]);
  });

  it('is not there before implementation, nor for those outside, nor under earlier versions', async () => {
    await expectRefused(ledger, world.api.as().get(url()), 401, 'unauthenticated');
    await expectRefused(ledger, (await world.stranger()).get(url()), 404, 'not-found');
    await expectRefused(ledger, give(await world.president()), 409, 'wrong-role');
    const early = await world.review('EST', { number: 51 });
    const estonia = await world.delegation('EST');
    const submit = estonia.post(`/v1/reviews/${early}/follow-up/submit`, {});
    const during = ['implementation'];
    const facts = { status: 'scheduled', during };
    await expectRefused(ledger, submit, 409, 'wrong-stage', { facts });
    await ledger.rows('UPDATE casework.proceeding SET mechanism_version = 2 WHERE id = $1', [
      early,
    ]);
    const none = estonia.post(`/v1/reviews/${early}/follow-up/submit`, {});
    await expectRefused(ledger, none, 409, 'not-offered');
  });
});

describe('the follow-up of a rehearsal', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.build();
  });
  afterAll(() => world.stop());

  it('stays in the house', async () => {
    const { review, published } = await implementing(world, 'SVN', { test: true });
    const slovenia = await world.delegation('SVN');
    await say(slovenia, review, word(published[0]!, 'fully-implemented'));
    const { body } = await slovenia.get(`/v1/reviews/${review}/follow-up`).expect(200);
    expect(body).toMatchObject({ items: [{ status: 'given', publicId: null }] });
    const { body: feed } = await world.api.as().get('/v1/record/changes').expect(200);
    expect(feed).toMatchObject({ items: [] });
  }, 60_000);
});
