import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { submissions } from '../factories/submissions.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { everyPage, statusesOf } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

const DESK = 'desk:secretariat:upr';

interface Source {
  id: string;
  mark: string | null;
  version: number;
  use: string;
  cited: boolean;
}
interface Passage {
  id: string;
  version: number;
  words: string;
  used: boolean;
}
interface Paragraph {
  id: string;
  version: number;
  text: string;
  number: number;
  notes: { number: number; text: string }[];
  summary: { words: number; limit: number };
}

describe('the summary of what stakeholders submit', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let office: Client;
  let filed: Awaited<ReturnType<typeof submissions>>;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    office = world.secretariat;
    filed = await submissions(world, review);
  }, 60_000);
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const at = (what: string) => `/v1/reviews/${review}/${what}`;
  const sources = async (): Promise<Source[]> =>
    (await office.get(at('sources'), { limit: 200 }).expect(200)).body.items as Source[];
  const mark = (body: object) => office.post(at('passages'), { theme: 'health', ...body });
  const marked = async (body: object): Promise<Passage> =>
    (await mark(body).expect(201)).body as Passage;
  const begin = (...passages: string[]) => office.post(at('summary/paragraphs'), { passages });
  const begun = async (...passages: string[]): Promise<Paragraph> =>
    (await begin(...passages).expect(201)).body as Paragraph;
  const write = ({ id, version }: { id: string; version: number }, body: object) =>
    office.put(`/v1/summary-paragraphs/${id}`, { theme: 'health', ...body }, { version });
  const summary = async () => (await office.get(at('summary')).expect(200)).body;
  const told = async () => (await ledger.journal(review, DESK)).at(-1)!;

  it('numbers joint submissions as they came, and names the others by their acronyms', async () => {
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

  it('changes a mark and removes it, as long as no paragraph cites it', async () => {
    const passage = await marked({ source: filed.second, paragraph: '1' });
    const url = `/v1/passages/${passage.id}`;
    const change = { pinpoint: 'p. 3', theme: 'education' };
    await expectRefused(ledger, office.put(url, change), 428, 'version-required');
    await expectRefused(ledger, office.put(url, change, { version: 7 }), 412, 'stale');
    const calls = [1, 2].map(() => office.put(url, change, { version: 1 }));
    expect(await statusesOf(calls)).toEqual([200, 412]);
    const remove = (version: number) => office.send('delete', url).set('if-match', `"${version}"`);
    const { id } = await begun(passage.id);
    await expectRefused(ledger, remove(2), 409, 'passage-cited', { facts: { paragraphs: [id] } });
    const paragraph = office.send('delete', `/v1/summary-paragraphs/${id}`);
    await paragraph.set('if-match', '"1"').expect(204);
    expect((await told()).what).toBe('paragraph-removed');
    await remove(2).expect(204);
    expect((await told()).what).toBe('passage-removed');
    await expectRefused(ledger, remove(2), 404, 'not-found');
  });

  it('proposes a text, which is marked as proposed until somebody writes it', async () => {
    const one = await marked({ source: filed.amnesty, paragraph: '1' });
    const two = await marked({ source: filed.second, paragraph: '2' });
    const made = await begun(one.id, two.id);
    expect(made).toMatchObject({
      text:
        'AI stated that many patients wait for years. They are not told why.[^1] ' +
        'JS2 stated that the State pays for half of it.[^2]',
      proposed: true,
      held: null,
      apart: false,
      sources: [filed.amnesty, filed.second],
    });
    expect(made.notes.map(({ text }) => text)).toEqual(['AI, para. 1.', 'JS2, para. 2.']);
    const notes = [{ passages: [one.id, two.id] }];
    const text = 'AI and JS2 described the waiting lists.';
    for (const signs of ['[^1] and [^2]', '[^2]', '[^1] [^1]']) {
      const wrong = write(made, { text: `${text}${signs}`, notes });
      await expectRefused(ledger, wrong, 422, 'invalid-content', {
        errors: [{ pointer: '/text' }],
      });
    }
    const unknown = write(made, { text, notes: [{ passages: [review] }] });
    await expectRefused(ledger, unknown, 422, 'invalid-content');
    const { body } = await write(made, { text, notes }).expect(200);
    expect(body).toMatchObject({ proposed: false, text: `${text}[^1]`, version: 2 });
    expect(body.notes).toEqual([
      { number: 2, text: 'AI, para. 1; JS2, para. 2.', passages: [one.id, two.id], seeAlso: [] },
    ]);
    expect((await office.get(`/v1/summary-paragraphs/${made.id}`)).body).toEqual(body);
    expect((await told()).facts).toEqual({
      kind: 'stakeholder-summary',
      paragraphId: made.id,
      theme: 'health',
    });
  });

  it('loses nothing where two write two paragraphs, and the order is a third thing', async () => {
    const passage = await marked({ source: filed.first, paragraph: '1', theme: 'health' });
    const [a, b] = [await begun(passage.id), await begun(passage.id)];
    const notes = [{ passages: [passage.id] }];
    const { version } = await summary();
    const calls = [a, b].map((each, index) => write(each, { text: `Text ${index}`, notes }));
    expect(await statusesOf(calls)).toEqual([200, 200]);
    await expectRefused(ledger, write(a, { text: 'Lost', notes }), 412, 'stale');
    const order = (await summary()).paragraphs.map(({ id }: { id: string }) => id).toReversed();
    const put = (body: object, given?: number) =>
      office.put(at('summary'), body, given === undefined ? {} : { version: given });
    await expectRefused(ledger, put({ order }), 428, 'version-required');
    await expectRefused(ledger, put({ order }, 99), 412, 'stale');
    for (const wrong of [order.slice(1), [...order, order[0]], [...order.slice(1), review]]) {
      const errors = [{ pointer: '/order' }];
      const refused = put({ order: wrong }, version);
      await expectRefused(ledger, refused, 422, 'invalid-content', { errors });
    }
    const { body } = await put({ order }, version).expect(200);
    expect(body.paragraphs.map(({ id }: { id: string }) => id)).toEqual(order);
    expect(body.version).toBe(version + 1);
    const stays = await office.get(`/v1/summary-paragraphs/${a.id}`).expect(200);
    expect(stays.body.version).toBe(2);
  });

  it('sets what the national institution says apart, and mixes it with nobody', async () => {
    const own = await marked({ source: filed.ombudsman, paragraph: '1', theme: 'education' });
    const other = await marked({ source: filed.second, paragraph: '1' });
    await expectRefused(ledger, begin(own.id, other.id), 422, 'institution-apart');
    const { apart, number } = (await begun(own.id)) as unknown as Record<string, unknown>;
    expect([apart, number]).toEqual([true, 2]);
    const { text } = await office.get(at('summary/content'), { as: 'html' }).expect(200);
    const institution = text.indexOf('accredited in full compliance');
    expect(institution).toBeGreaterThan(0);
    expect(text.indexOf('Information provided by other stakeholders')).toBeGreaterThan(institution);
  });

  it('tells what is in it and what is not, at every answer', async () => {
    const now = await summary();
    expect(now).toMatchObject({ limit: 5350, over: false, held: 0, sources: 5 });
    expect(now.uncited).toEqual([{ id: filed.animals, mark: 'AI-2' }]);
    const { body } = await office.get(at('sources'), { cited: 'false' }).expect(200);
    expect(body.items.map(({ id }: Source) => id)).toEqual([filed.animals]);
    const listed = await office.get(at('passages'), { used: 'false', limit: 200 }).expect(200);
    expect(listed.body.items.map(({ id }: Passage) => id)).toEqual(now.unused);
    expect(now.words).toBeGreaterThan(60);
  });

  it('goes into its document by the way of an upload, with as many words', async () => {
    const kind = { kind: 'stakeholder-summary', title: 'Summary' };
    const draft = (await office.post(at('documents'), kind).expect(201)).body;
    const url = `/v1/documents/${draft.id}/content/summary`;
    await expectRefused(ledger, office.send('put', url), 428, 'version-required');
    const stale = office.send('put', url).set('if-match', '"9"');
    await expectRefused(ledger, stale, 412, 'stale');
    const { body } = await office.send('put', url).set('if-match', '"1"').expect(200);
    const [text] = body.versions[0].texts;
    const { words } = await summary();
    expect(text).toMatchObject({ language: 'en', standing: 'original', words });
    const parts = text.leftOut.map(({ part }: { part: string }) => part);
    expect(parts).toEqual(expect.arrayContaining(['cover', 'footnotes', 'annexes']));
    const other = { kind: 'working-group-report', title: 'Report' };
    await office.post(at('documents'), other).expect(409);
    const again = office.send('put', url).set('if-match', `"${body.version}"`);
    await again.expect(200);
    const { version } = (await office.get(`/v1/documents/${draft.id}`).expect(200)).body;
    await office.post(`/v1/documents/${draft.id}/submit`, undefined, { version }).expect(200);
  });

  it('compiles documents of the United Nations by their symbols', async () => {
    const symbol = 'CCPR/C/SVN/CO/3';
    const add = () => office.post(at('sources'), { symbol, title: 'Concluding observations' });
    const source = (await add().expect(201)).body;
    expect(source).toMatchObject({ kind: 'compilation', mark: symbol, use: 'cited' });
    await expectRefused(ledger, add(), 409, 'already-exists', { facts: { mark: symbol } });
    const own = { source: source.id, theme: 'justice' };
    await expectRefused(ledger, mark(own), 422, 'invalid-content', {
      errors: [{ pointer: '/words' }],
    });
    const words = 'The Committee is concerned about delays.';
    const passage = await marked({ ...own, words, pinpoint: 'para. 14' });
    const made = office.post(
      at('summary/paragraphs'),
      { passages: [passage.id] },
      {
        query: { kind: 'compilation' },
      },
    );
    const { body } = await made.expect(201);
    expect(body.notes).toMatchObject([{ number: 1, text: 'CCPR/C/SVN/CO/3, para. 14.' }]);
    const html = await office.get(at('summary/content'), { kind: 'compilation', as: 'html' });
    expect(html.text).toContain('Compilation on Slovenia');
    expect(html.text).not.toContain('List of stakeholders');
    await expectRefused(ledger, begin(passage.id), 422, 'invalid-content');
    const unknown = office.get(at('summary'), { kind: 'national-report' });
    await expectRefused(ledger, unknown, 400, 'invalid-parameter');
  });

  it('shows where marks went in a corrigendum', async () => {
    const { head, first } = filed;
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
