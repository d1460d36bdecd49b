import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statusesOf } from './asking.js';
import { expectRefused } from './ledger.js';
import { summarizing, type Passage, type Source } from './summarizing.js';

describe('the summary of what stakeholders submit', () => {
  let desk: Awaited<ReturnType<typeof summarizing>>;
  beforeAll(async () => {
    desk = await summarizing();
  }, 60_000);
  afterAll(() => desk.stop());

  it('changes a mark and removes it, as long as no paragraph cites it', async () => {
    const { ledger, office, filed, marked, begun, told } = desk;
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
    const { review, ledger, office, filed, marked, begun, write, told } = desk;
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
    const { review, ledger, office, filed, at, marked, begun, write, summary } = desk;
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
    const { ledger, office, filed, at, marked, begin, begun } = desk;
    const institution = { mark: 'HRO', name: 'Human Rights Ombudsman', standsWith: 'nhri' };
    const url = `/v1/sources/${filed.ombudsman}`;
    await office.put(url, institution, { version: 1 }).expect(200);
    const own = await marked({ source: filed.ombudsman, paragraph: '1', theme: 'education' });
    const other = await marked({ source: filed.second, paragraph: '1' });
    await expectRefused(ledger, begin(own.id, other.id), 422, 'institution-apart');
    const { apart, number } = (await begun(own.id)) as unknown as Record<string, unknown>;
    expect([apart, number]).toEqual([true, 2]);
    const { text } = await office.get(at('summary/content'), { as: 'html' }).expect(200);
    const apartAt = text.indexOf('accredited in full compliance');
    expect(apartAt).toBeGreaterThan(0);
    expect(text.indexOf('Information provided by other stakeholders')).toBeGreaterThan(apartAt);
  });

  it('tells what is in it and what is not, at every answer', async () => {
    const { office, filed, at, summary } = desk;
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
    const { ledger, office, at, summary } = desk;
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
    const { ledger, office, at, mark, marked, begin } = desk;
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
});
