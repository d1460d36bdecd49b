import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { FORMATS } from '../../src/platform/formats/format.js';
import { rehearsed } from '../database/direct.js';
import { docx, paragraph } from '../factories/word.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';
import { publishSecrets, type Secrets } from './withdrawn.js';

interface Item {
  readonly id: string;
  readonly version: number;
}
interface Kept {
  readonly target: string;
  readonly compartment: string | null;
}

/** First answers lie in the database for a day: where nobody else reads them. */
describe('answers that are kept for repeats', () => {
  let world: World;
  let ledger: Ledger;
  let secrets: Secrets;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
  });
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  /** Where answers lie in which this stands. */
  const keptWith = (words: string): Promise<Kept[]> =>
    ledger.rows<Kept>(
      `SELECT target, compartment FROM casework.idempotency
       WHERE position($1 IN answer) > 0 ORDER BY stored_at`,
      [words],
    );

  it('of a filing: in the desk of who filed it, with what their file told', async () => {
    const author = `A. Drafter ${randomUUID()}`;
    const review = await world.review('AUT', { number: 51 });
    await world.reach(review, 'AUT', 'preparation');
    const { side, head } = await world.organization('A watch');
    const body = { kind: 'stakeholder-submission', title: 'A title' };
    const begun = await head.post(`/v1/reviews/${review}/documents`, body).expect(201);
    const { id, version } = begun.body as Item;
    const bytes = await docx({ body: paragraph('A few words'), author });
    const type = FORMATS.docx;
    const sent = await head.upload(`/v1/documents/${id}/content`, bytes, { version, type });
    const once = { version: (sent.body as Item).version, key: randomUUID() };
    const submit = `/v1/documents/${id}/submit`;
    const first = await head.post(submit, undefined, once).expect(200);
    expect(first.text).toContain(author);
    const [{ sha256 }] = (await ledger.rows<{ sha256: string }>(
      'SELECT sha256 FROM casework.document_original',
    )) as [{ sha256: string }];
    for (const told of [author, sha256]) {
      expect(await keptWith(told)).toEqual([
        { target: `POST ${submit}`, compartment: `desk:${side}` },
      ]);
    }
    const again = await head.post(submit, undefined, once).expect(200);
    expect([again.text, again.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
  });

  it('of a recommendation: in the desk of the delegation that made it', async () => {
    secrets = await publishSecrets(world);
    const [kept] = (await keptWith(secrets.made)).filter(({ target }) => target.endsWith('submit'));
    expect(kept).toMatchObject({ compartment: 'desk:state:FRA' });
  });

  describe('of a request for withdrawal', () => {
    const requests = '/v1/withdrawal-requests';
    const why = `It names my sister ${randomUUID()}`;
    const answered = `She is known to us ${randomUUID()}`;
    let asked: Item;
    let sister: Client;
    let officer: Client;
    beforeAll(async () => {
      sister = await world.stranger();
      officer = await world.person('secretariat:upr', 'officer');
      const item = { kind: 'document', id: secrets.document };
      asked = (await sister.post(requests, { item, why }).expect(201)).body as Item;
    });

    it('once answered: its texts are the secretariat’s and the asker’s, in every row', async () => {
      const url = `${requests}/${asked.id}/answer`;
      const once = { version: asked.version, key: randomUUID() };
      const answer = { reason: answered };
      await officer.post(url, answer, once).expect(200);
      expect(await keptWith(why)).toEqual([
        { target: `POST ${requests}`, compartment: null },
        { target: `POST ${url}`, compartment: 'desk:secretariat:upr' },
      ]);
      const seen = async (who: Client): Promise<number> => {
        const { accountId } = (await who.get('/v1/me').expect(200)).body as { accountId: string };
        return rehearsed(world.api.database.appUrl, accountId, async (client) => {
          const { rows } = await client.query<{ text: string }>(
            `SELECT why || answer AS text FROM casework.withdrawal_request
             UNION ALL SELECT answer FROM casework.idempotency`,
          );
          return rows.filter(({ text }) => text.includes(why) || text.includes(answered)).length;
        });
      };
      const others = [secrets.svn, secrets.ngo, world.admin, await world.president()];
      for (const who of others) expect(await seen(who)).toBe(0);
      // Each reads the request, and the answer that was given to them.
      expect([await seen(sister), await seen(officer), await seen(world.secretariat)]).toEqual([
        2, 2, 1,
      ]);
      const seats = (await officer.get('/v1/me')).body as { seats: [{ membershipId: string }] };
      const leave = `/v1/memberships/${seats.seats[0].membershipId}/revoke`;
      await world.secretariat.post(leave).expect(200);
      await expectRefused(ledger, officer.post(url, answer, once), 404, 'not-found');
      expect(await seen(officer)).toBe(0);
    });

    it('and no answer is kept of what is just being withdrawn', async () => {
      const url = `/v1/documents/${secrets.filed}`;
      const { version } = (await secrets.ngo.get(url).expect(200)).body as Item;
      const lock = 'SELECT FROM casework.proceeding WHERE id = $1 FOR UPDATE';
      const hold = await ledger.hold(lock, [secrets.review]);
      const item = { kind: 'document', id: secrets.document };
      const title = { item, fields: ['title'], ground: 'error', reason: 'A slip' };
      const withdrawing = world.secretariat.post('/v1/withdrawals', title).then((all) => all);
      await hold.queue(1);
      const reason = { reason: 'Once more' };
      const revising = secrets.ngo.post(`${url}/versions`, reason, { version }).then((all) => all);
      await hold.queue(2);
      await hold.release();
      expect([(await withdrawing).status, (await revising).status]).toEqual([201, 412]);
      expect(await keptWith(secrets.words.title)).toEqual([]);
    });

    it('is forgotten with what was withdrawn, also where it belongs to no proceeding', async () => {
      const item = { kind: 'document', id: secrets.document };
      const body = { item, files: {}, ground: 'error', reason: 'A slip' };
      await world.secretariat.post('/v1/withdrawals', body).expect(201);
      expect(await keptWith(why)).toEqual([]);
      expect(await keptWith(answered)).toEqual([]);
      expect(await keptWith(secrets.filed)).toEqual([]);
      expect(await keptWith(secrets.made)).not.toEqual([]);
    });
  });
});
