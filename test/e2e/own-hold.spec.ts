import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

interface Shown {
  readonly version: number;
  readonly publicId: string | null;
  readonly publication: { until: string | null; askedBy: string; reason: string | null } | null;
}

const OFFICE = 'secretariat:upr';
const [SOONER, LATER] = ['2026-12-01T09:00:00.000Z', '2027-01-20T09:00:00.000Z'];

describe('a hold on publication', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let ngo: { side: string; head: Client };
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    ngo = await world.organization('An observatory');
    await world.reach(review, 'SVN', 'preparation');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const filing = (text: string) =>
    world.file(ngo.head, review, { kind: 'joint-submission', title: text, text });
  const show = async (id: string, who = ngo.head): Promise<Shown> =>
    (await who.get(`/v1/documents/${id}`).expect(200)).body as Shown;
  const hold = async (who: Client, id: string, until: string | null) =>
    who.put(
      `/v1/documents/${id}/embargo`,
      { until, reason: 'The date was mistyped' },
      { version: (await show(id, who)).version },
    );

  it('that the secretariat alone made is its to shorten and to end', async () => {
    const id = await filing('Words that the office holds.');
    for (const until of [LATER, SOONER, null]) {
      const { status, body } = await hold(world.secretariat, id, until);
      expect(status).toBe(200);
      expect(body).toMatchObject({ publication: { until, askedBy: OFFICE } });
    }
  });

  it('that its side made stays its side’s, whoever extends it, until nothing is held', async () => {
    const id = await filing('Words that their side holds.');
    expect((await hold(ngo.head, id, SOONER)).status).toBe(200);
    const extended = await hold(world.secretariat, id, LATER);
    expect(extended.body).toMatchObject({ publication: { until: LATER, askedBy: ngo.side } });
    const { version } = await show(id, world.secretariat);
    const lifting = world.secretariat.put(
      `/v1/documents/${id}/embargo`,
      { until: null, reason: 'x' },
      { version },
    );
    await expectRefused(ledger, lifting, 409, 'wrong-role', { facts: { by: [ngo.side] } });
    expect((await hold(ngo.head, id, null)).status).toBe(200);
    const anew = await hold(world.secretariat, id, SOONER);
    expect(anew.body).toMatchObject({ publication: { askedBy: OFFICE } });
    expect((await hold(world.secretariat, id, null)).status).toBe(200);
  });

  it('gives no reason any more once reasons were withdrawn', async () => {
    const id = await filing('Words with a reason.');
    expect((await hold(ngo.head, id, SOONER)).status).toBe(200);
    const withdrawal = {
      item: { kind: 'document', id },
      fields: ['reason'],
      ground: 'risk-to-person',
      reason: 'It names who is sought',
    };
    await world.secretariat.post('/v1/withdrawals', withdrawal).expect(201);
    const { body } = await hold(ngo.head, id, LATER);
    expect(body).toMatchObject({ publication: { until: LATER, reason: '[withdrawn]' } });
  });

  it('and a withdrawal of a file that is not there is refused, with those that are', async () => {
    const id = await filing('Words in one language.');
    const files = [{ version: 97 }, { language: 'fr' }, { version: 1, language: 'fr' }];
    for (const named of files) {
      const call = world.secretariat.post('/v1/withdrawals', {
        item: { kind: 'document', id },
        files: named,
        ground: 'risk-to-person',
        reason: 'In haste',
      });
      const facts = { known: ['files/1/en'] };
      await expectRefused(ledger, call, 422, 'invalid-content', { facts });
    }
    await ngo.head.get(`/v1/documents/${id}/content`).expect(200);
    await expectProblem(
      world.secretariat.get(`/v1/documents/${id}/content`, { version: 97 }),
      404,
      'not-found',
    );
  });
});
