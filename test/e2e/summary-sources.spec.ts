import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everyPage } from './asking.js';
import { expectRefused } from './ledger.js';
import { DESK, summarizing, type Source } from './summarizing.js';

describe('the sources of a summary', () => {
  let desk: Awaited<ReturnType<typeof summarizing>>;
  beforeAll(async () => {
    desk = await summarizing();
  }, 60_000);
  afterAll(() => desk.stop());

  it('numbers joint submissions as they came, and names the others by their acronyms', async () => {
    const { ledger, office, filed, at, sources } = desk;
    const all = await sources();
    expect(all.map(({ id, mark: name }) => [id, name])).toEqual([
      [filed.amnesty, 'AI'],
      [filed.first, 'JS1'],
      [filed.animals, 'AI-2'],
      [filed.second, 'JS2'],
      [filed.ombudsman, 'HRO'],
    ]);
    expect(all[1]).toMatchObject({ joint: true, use: 'cited', because: null, passages: 0 });
    const rows = await ledger.rows('SELECT FROM casework.summary_source');
    expect(rows).toEqual([]);
    const pages = await everyPage<Source>(office, `${at('sources')}?limit=2`);
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1]);
  });

  it('has its marks corrected, each borne by one, for the version that was read', async () => {
    const { told, ledger, office, filed } = desk;
    const url = `/v1/sources/${filed.ombudsman}`;
    const change = {
      mark: 'HRORS',
      name: 'Human Rights Ombudsman of the Republic of Slovenia',
      place: 'Ljubljana, Slovenia',
      standsWith: 'nhri',
    };
    await expectRefused(ledger, office.put(url, change), 428, 'version-required');
    await expectRefused(ledger, office.put(url, change, { version: 9 }), 412, 'stale');
    const taken = { ...change, mark: 'AI' };
    await expectRefused(ledger, office.put(url, taken, { version: 1 }), 409, 'already-exists');
    const wrong = { ...change, standsWith: 'nobody' };
    await expectRefused(ledger, office.put(url, wrong, { version: 1 }), 422, 'invalid-content');
    const { body } = await office.put(url, change, { version: 1 }).expect(200);
    expect(body).toMatchObject({ ...change, sealed: false, version: 2 });
    expect(await told()).toMatchObject({
      what: 'source-corrected',
      by: 'secretariat:upr',
      facts: { sourceId: filed.ombudsman, standsWith: 'nhri', sealed: false },
    });
    const rows = await ledger.rows<{ compartment: string; mark: string }>(
      'SELECT DISTINCT compartment FROM casework.summary_source',
    );
    expect(rows).toEqual([{ compartment: DESK }]);
    expect((await office.get(url).expect(200)).body).toEqual(body);
  });

  it('is read by paragraphs, under the numbers of the file or counted', async () => {
    const { ledger, office, filed } = desk;
    const url = (id: string) => `/v1/sources/${id}/paragraphs`;
    const { body } = await office.get(url(filed.amnesty)).expect(200);
    expect(body.items.map(({ label, printed }: never) => [label, printed])).toEqual([
      ['front 1', false],
      ['1', true],
      ['2', true],
      ['3', true],
      ['4', true],
    ]);
    const first = body.items[1];
    expect(first.text).toBe('1. Many patients wait for years. They are not told why.');
    expect(first.to - first.from).toBe(first.text.length);
    const pages = await everyPage(office, `${url(filed.amnesty)}?limit=2`);
    expect(pages.flat()).toEqual(body.items);
    const counted = await office.get(url(filed.second)).expect(200);
    expect(counted.body.items.map(({ label }: never) => label)).toEqual(['1', '2']);
    const other = office.get(url(filed.amnesty), { language: 'fr' });
    await expectRefused(ledger, other, 404, 'not-found');
  });

  it('marks passages by paragraph, by offsets, and nothing that is not there', async () => {
    const { ledger, review, office, filed, at, mark, marked, told } = desk;
    const source = filed.amnesty;
    const passage = await marked({ source, paragraph: '2', note: 'Check the year' });
    expect(passage).toMatchObject({
      words: '2. The fee was raised in 2019.',
      pinpoint: 'para. 2',
      documentVersion: 1,
      language: 'en',
      used: false,
      latest: null,
    });
    const row = await ledger.row(
      'SELECT compartment, length(digest) AS digest, words FROM casework.passage WHERE id = $1',
      [passage.id],
    );
    expect(row).toEqual({ compartment: DESK, digest: 64, words: null });
    const { facts } = await told();
    expect(facts).toEqual({
      kind: 'stakeholder-summary',
      passageId: passage.id,
      sourceId: source,
      theme: 'health',
    });
    const refused = (body: object, pointer: string) =>
      expectRefused(ledger, mark(body), 422, 'invalid-content', { errors: [{ pointer }] });
    await refused({ source, paragraph: '99' }, '/paragraph');
    await refused({ source }, '/paragraph');
    await refused({ source, from: 5, to: 5 }, '/to');
    await refused({ source, from: 0, to: 99_999 }, '/to');
    await refused({ source, paragraph: '2', words: 'words of my own' }, '/words');
    await refused({ source, paragraph: '2', theme: 'gardening' }, '/theme');
    await refused({ source: review, paragraph: '2' }, '/source');
    const { body } = await office.get(at('passages'), { used: 'false' }).expect(200);
    expect(body.items).toEqual([passage]);
    expect((await office.get(at('passages'), { theme: 'work' })).body.items).toEqual([]);
  });

  it('shows where marks went in a corrigendum', async () => {
    const { office, filed, at, marked } = desk;
    const { head, first } = filed;
    await marked({ source: first, paragraph: '1' });
    const { version } = (await head.get(`/v1/documents/${first}`).expect(200)).body;
    const reason = { reason: 'A figure' };
    const revised = await head.post(`/v1/documents/${first}/versions`, reason, { version });
    const text = 'A new beginning.\nMothers wait.\nThe fee is low.';
    const url = `/v1/documents/${first}`;
    const sent = await head.upload(`${url}/content`, text, { version: revised.body.version });
    await head.post(`${url}/submit`, undefined, { version: sent.body.version }).expect(200);
    const { body } = await office.get(at('passages'), { source: first }).expect(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      words: 'Mothers wait.',
      documentVersion: 1,
      latest: { documentVersion: 2, now: 'moved', from: text.indexOf('Mothers') },
    });
  });

  it('is nothing to anybody but the secretariat, and needs its permission to write', async () => {
    const { world, ledger, filed, at, marked, begun } = desk;
    const passage = await marked({ source: filed.second, paragraph: '1' });
    const made = await begun(passage.id);
    const others = [filed.head, await world.delegation('SVN'), await world.president()];
    const urls = [
      at('sources'),
      at('passages'),
      at('summary'),
      at('summary/content'),
      `/v1/sources/${filed.first}`,
      `/v1/sources/${filed.first}/paragraphs`,
      `/v1/summary-paragraphs/${made.id}`,
    ];
    for (const who of others) {
      for (const url of urls) await expectRefused(ledger, who.get(url), 404, 'not-found');
      const body = { source: filed.first, paragraph: '1', theme: 'health' };
      await expectRefused(ledger, who.post(at('passages'), body), 404, 'not-found');
    }
    for (const url of urls) {
      await expectRefused(ledger, world.api.as().get(url), 401, 'unauthenticated');
    }
    const clerk = await world.person('secretariat:upr', 'officer');
    expect((await clerk.get(at('summary')).expect(200)).body.kind).toBe('stakeholder-summary');
  });
});
