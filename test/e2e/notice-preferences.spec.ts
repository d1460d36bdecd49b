import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wishesOf } from '../../src/modules/notice-preferences/index.js';
import { LANGUAGES } from '../../src/platform/labels/languages.js';
import { UNSUBSCRIPTION_WORDS } from '../../src/modules/notice-preferences/unsubscription-page.rules.js';
import { LetterPost, letterTo, noticeOf } from '../factories/letters.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { statusesOf } from './asking.js';
import { expectProblem, Ledger } from './ledger.js';

const UNSAID = {
  language: 'en',
  mail: 'all',
  zone: 'UTC',
  quiet: null,
  digest: 'at-once',
  digestAt: '08:00',
  digestOn: 1,
  muted: [],
  version: 1,
};
const URL = '/v1/notice-preferences';

describe('how people wish to be told', () => {
  let world: World;
  let ledger: Ledger;
  let post: LetterPost;
  let slovenia: Client;
  let france: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    post = await LetterPost.open(world.api);
    slovenia = await world.delegation('SVN');
    france = await world.delegation('FRA');
  });
  afterAll(async () => {
    await post?.stop();
    await ledger?.close();
    await world?.stop();
  });

  const get = async (who: Client) => {
    const { body } = await who.get(URL).expect(200);
    return body as typeof UNSAID;
  };
  const idOf = async (who: Client) =>
    ((await who.get('/v1/me').expect(200)).body as { accountId: string }).accountId;
  /** As the worker is told. */
  const known = async (who: Client) => {
    const id = await idOf(who);
    const all = await post.work.system('mail', (tx) => wishesOf(tx, [id]));
    return all.get(id);
  };

  it('is everything by mail at once, until they say otherwise', async () => {
    const answer = await slovenia.get(URL).expect(200);
    expect(answer.body).toEqual(UNSAID);
    expect(answer.headers['etag']).toBe('"1"');
    const { version: _, ...wishes } = UNSAID;
    expect(await known(slovenia)).toEqual(wishes);
  });

  it('is their own word, for them alone; what is not said stays', async () => {
    const quiet = { from: '22:00', to: '07:00', days: [1, 2, 3, 4, 5] };
    const first = { zone: 'Europe/Ljubljana', digest: 'daily', quiet };
    await slovenia.put(URL, first, { version: 1 }).expect(200);
    const second = { language: 'fr', muted: ['document-published'], digestAt: '09:15' };
    const { body } = await slovenia.put(URL, second, { version: 2 }).expect(200);
    expect(body).toEqual({ ...UNSAID, ...first, ...second, version: 3 });
    expect(await get(slovenia)).toEqual(body);
    expect(await get(france)).toEqual(UNSAID);
    const { version: _, ...wishes } = { ...UNSAID, ...first, ...second };
    expect(await known(slovenia)).toEqual(wishes);
    const { body: cleared } = await slovenia
      .put(URL, { quiet: null, muted: [] }, { version: 3 })
      .expect(200);
    expect(cleared).toMatchObject({ quiet: null, muted: [], zone: 'Europe/Ljubljana' });
    const rows = await ledger.rows('SELECT language FROM identity.account WHERE id = $1', [
      await idOf(slovenia),
    ]);
    expect(rows).toEqual([{ language: 'fr' }]);
  });

  it('names the version that it changes, from the first on', async () => {
    await expectProblem(france.put(URL, { mail: 'all' }), 428, 'version-required');
    await expectProblem(france.put(URL, { mail: 'all' }, { version: 7 }), 412, 'stale');
    const both = ['daily', 'weekly'].map((digest) => france.put(URL, { digest }, { version: 1 }));
    expect(await statusesOf(both)).toEqual([200, 412]);
    expect((await get(france)).version).toBe(2);
  });

  it.each<[string, object]>([
    ['/zone', { zone: 'Europe/Nowhere' }],
    ['/zone', { zone: '+02:00' }],
    ['/zone', { zone: 'Europe/../Zurich' }],
    ['/quiet/from', { quiet: { from: '24:00', to: '07:00' } }],
    ['/quiet/to', { quiet: { from: '22:00', to: '7:00' } }],
    ['/quiet/to', { quiet: { from: '22:00', to: '22:00' } }],
    ['/quiet/to', { quiet: { from: '00:00', to: '00:00', days: [1, 2, 3, 4, 5, 6, 7] } }],
    ['/quiet/days/0', { quiet: { from: '22:00', to: '07:00', days: [0] } }],
    ['/digest', { digest: 'monthly' }],
    ['/digestAt', { digestAt: '8' }],
    ['/digestOn', { digestOn: 8 }],
    ['/mail', { mail: 'none' }],
    ['/language', { language: 'de' }],
    ['/muted/1', { muted: ['moved', 'sung'] }],
  ])('is refused where it cannot be kept (%s of %j)', async (pointer, wish) => {
    const { version } = await get(slovenia);
    const { body } = await expectProblem(
      slovenia.put(URL, wish, { version }),
      422,
      'invalid-content',
    );
    const { errors } = body as { errors: { pointer: string }[] };
    expect(errors.map((each) => each.pointer)).toContain(pointer);
    expect((await get(slovenia)).version).toBe(version);
  });

  describe('by the address in a mail', () => {
    const address = async (who: Client): Promise<string> => {
      const { text } = await post.sent(letterTo(await idOf(who), [noticeOf('a')]));
      return /\/v1\/unsubscriptions\/cu_[\w-]{43}/.exec(text!)![0];
    };
    const anybody = () => world.api.as();
    const click = (url: string) =>
      anybody()
        .send('post', url)
        .set('content-type', 'application/x-www-form-urlencoded')
        .send('List-Unsubscribe=One-Click');

    it('ends what is not urgent with one click, however often', async () => {
      const kenya = await world.delegation('KEN');
      const url = await address(kenya);
      const { body } = await click(url).expect(200);
      expect(body).toEqual({ mail: 'urgent' });
      expect(await get(kenya)).toEqual({ ...UNSAID, mail: 'urgent', version: 2 });
      await click(url).expect(200);
      await anybody().send('post', url).expect(200);
      expect((await get(kenya)).version).toBe(2);
      expect(await get(france)).toMatchObject({ mail: 'all' });
      await kenya.put(URL, { mail: 'all' }, { version: 2 }).expect(200);
      // The same mail, clicked again later, ends it again.
      await anybody().send('post', url).field('List-Unsubscribe', 'One-Click').expect(200);
      expect(await get(kenya)).toMatchObject({ mail: 'urgent', version: 4 });
    });

    it('changes nothing for whoever only looks', async () => {
      const brazil = await world.delegation('BRA');
      const url = await address(brazil);
      for (let times = 0; times < 2; times += 1) {
        expect((await anybody().get(url).expect(200)).body).toEqual({ mail: 'all' });
      }
      expect(await get(brazil)).toEqual(UNSAID);
      for (const language of LANGUAGES) {
        const { text, headers } = await anybody()
          .get(url)
          .set('accept', 'text/html')
          .set('accept-language', language)
          .expect(200);
        expect(headers['content-security-policy']).toContain("form-action 'self'");
        expect(text).toContain(UNSUBSCRIPTION_WORDS[language].button);
        expect(text).toContain('<form method="post">');
      }
      expect(await get(brazil)).toEqual(UNSAID);
      const { text } = await click(url).set('accept', 'text/html').expect(200);
      expect(text).toContain(UNSUBSCRIPTION_WORDS.en.done);
      expect(text).not.toContain('<form');
    });

    it('is missing where it was never given out, is too old, or its reader’s account is closed', async () => {
      const norway = await world.delegation('NOR');
      const url = await address(norway);
      const id = await idOf(norway);
      for (const wrong of [url.slice(0, -1), `${url.slice(0, -4)}abcd`, '/v1/unsubscriptions/x'])
        await expectProblem(click(wrong), 404, 'not-found');
      const aged = (age: string) =>
        ledger.rows(
          `UPDATE identity.unsubscription SET made_at = now() - interval '${age}'
           WHERE account_id = '${id}'`,
        );
      await aged('366 days');
      await expectProblem(anybody().get(url), 404, 'not-found');
      await aged('364 days');
      await anybody().get(url).expect(200);
      await ledger.rows(`UPDATE identity.account SET disabled_at = now() WHERE id = '${id}'`);
      await expectProblem(click(url), 404, 'not-found');
    });

    it('is forgotten a year later, when the next goes out', async () => {
      const id = await idOf(france);
      await address(france);
      await ledger.rows(
        `UPDATE identity.unsubscription SET made_at = now() - interval '2 years'
         WHERE account_id = '${id}'`,
      );
      await address(france);
      const kept = await ledger.rows(
        `SELECT FROM identity.unsubscription WHERE account_id = '${id}'`,
      );
      expect(kept).toHaveLength(1);
    });
  });
});
