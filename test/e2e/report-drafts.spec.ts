import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { draftOf, signOff } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';
import { listed, section, type Report } from './reporting.js';
import { Words } from './words.js';

/** The report of the Working Group, composed from what its review holds. */
describe('a report that is composed', () => {
  let world: World;
  let ledger: Ledger;
  let words: Words;
  let review: string;
  let office: Client;
  let france: Client;
  let norway: Client;
  let slovenia: Client;
  let supported: string;
  let noted: string;
  let pending: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    words = new Words(world, ledger, review);
    office = world.secretariat;
    [france, norway, slovenia] = [
      await world.delegation('FRA'),
      await world.delegation('NOR'),
      await world.delegation('SVN'),
    ];
    await world.reach(review, 'SVN', 'ready');
    supported = await words.made(france, ['BRA'], 'Ratify the Convention;');
    pending = await words.made(norway, [], 'Protect children.');
    noted = await words.made(france, [], 'Leave it be');
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = (more = '') => `/v1/reviews/${review}/report${more}`;
  const report = async (who = office): Promise<Report> =>
    (await who.get(url()).expect(200)).body as Report;
  const add = (who: Client, name: string, text: string, more = {}) =>
    who.post(url('/paragraphs'), { section: name, text, ...more });

  it('there is nothing to write before the dialogue, and nothing to see for others', async () => {
    const facts = { facts: { status: 'ready', during: ['reviewed'] } };
    await expectRefused(ledger, add(office, 'presentation', 'Hello'), 409, 'wrong-stage', facts);
    await world.reach(review, 'SVN', 'reviewed');
    const { head } = await world.organization('Watch');
    for (const who of [france, slovenia, head, await world.stranger()]) {
      for (const at of ['', '/content']) await who.get(url(at)).expect(404);
      await add(who, 'presentation', 'Mine').expect(404);
      await who.put(url(), { particulars: {} }, { version: 1 }).expect(404);
      await who.post(url('/labels')).expect(404);
    }
    await (await world.president()).get(url()).expect(200);
    await expectRefused(ledger, add(await world.president(), 'dialogue', 'x'), 409, 'wrong-role');
    await world.api.as().get(url()).expect(401);
  });

  it('says what the calendar, the lot and the documents tell, and leaves the rest to be written', async () => {
    const draft = await report();
    const [first, troika, documents] = section(draft, 'introduction').paragraphs;
    expect(first!.text).toContain('held at the […] meeting');
    expect(first!.text).toContain('The review of Slovenia was held');
    expect(first!.text).toContain('3 May 2027');
    expect(troika).toMatchObject({
      number: 2,
      text: expect.stringContaining('Slovenia: Albania, Brazil and Norway.'),
    });
    expect(documents!.items.map(({ mark }) => mark)).toEqual(['(a)', '(b)', '(c)']);
    expect(draft.blanks).toEqual(
      expect.arrayContaining(['meeting', 'headedBy', 'statements', 'councilSession']),
    );
    expect(section(draft, 'dialogue').paragraphs[0]!.text).toContain('[…] delegations');
    expect(section(draft, 'closing').paragraphs[0]!.text).toMatch(/^All conclusions and\/or/);
  });

  it('has what its writers fill in', async () => {
    const particulars = {
      headedBy: 'the Minister of Justice',
      meeting: '13th',
      adoptionMeeting: '17th',
      adoptedOn: '7 May 2027',
      statements: '72',
      councilSession: 'sixty-sixth',
    };
    const put = (version?: number) =>
      office.put(url(), { particulars }, version === undefined ? {} : { version });
    await expectRefused(ledger, put(), 428, 'version-required');
    await expectRefused(ledger, put(9), 412, 'stale');
    const wrong = office.put(url(), { particulars: { colour: 'red' } }, { version: 1 });
    await expectRefused(ledger, wrong, 422, 'invalid-content');
    const { body } = await put(1).expect(200);
    const { blanks, version } = body as Report;
    expect({ blanks: blanks.filter((each) => each !== 'symbol'), version }).toEqual({
      blanks: [],
      version: 2,
    });
    expect(section(body as Report, 'dialogue').paragraphs[0]!.text).toContain('72 delegations');
    expect((await ledger.journal(review, 'committee')).at(-1)).toMatchObject({
      what: 'report-filled-in',
      by: 'secretariat:upr',
      facts: { kind: 'working-group-report', particulars: Object.keys(particulars).toSorted() },
    });
  });

  it('each paragraph has a version of its own, written by secretariat and troika', async () => {
    const before = await report();
    const begun = await add(office, 'presentation', 'Slovenia thanked everybody.').expect(201);
    const { id, number, history } = begun.body as { id: string; number: number; history: object[] };
    expect({ number, history }).toEqual({
      number: 4,
      history: [expect.objectContaining({ n: 1, by: 'secretariat:upr' })],
    });
    const place = { place: 0 };
    const other = await add(norway, 'presentation', 'Slovenia began.', place).expect(201);
    expect(other.body).toMatchObject({ number: 4, place: 0 });
    const draft = await report(norway);
    expect(
      section(draft, 'presentation').paragraphs.map(({ number: n, text }) => [n, text]),
    ).toEqual([
      [4, 'Slovenia began.'],
      [5, 'Slovenia thanked everybody.'],
    ]);
    expect(draft).toEqual(await report());
    expect(draft.words).toBeGreaterThan(before.words);
    expect(draft).toMatchObject({ limit: 10_700, over: false, version: before.version + 2 });
    const paragraph = `/v1/report-paragraphs/${id}`;
    const text = 'Slovenia thanked all.';
    await expectRefused(ledger, norway.put(paragraph, { text }), 428, 'version-required');
    await norway.put(paragraph, { text }, { version: 1 }).expect(200);
    await expectRefused(ledger, office.put(paragraph, { text }, { version: 1 }), 412, 'stale');
    for (const who of [france, slovenia]) await who.get(paragraph).expect(404);
    const { body } = await office.get(paragraph).expect(200);
    expect(body).toMatchObject({
      text,
      number: 5,
      version: 2,
      history: [
        { n: 1, text: 'Slovenia thanked everybody.', by: 'secretariat:upr' },
        { n: 2, text, by: 'state:NOR' },
      ],
    });
    await office.put(paragraph, { text, place: 0 }, { version: 2 }).expect(200);
    const gone = (other.body as { id: string }).id;
    await norway.send('delete', `/v1/report-paragraphs/${gone}`).set('if-match', '"1"').expect(204);
    expect((await office.get(`/v1/report-paragraphs/${gone}`).expect(200)).body).toMatchObject({
      text: null,
      place: null,
      history: [{ text: 'Slovenia began.' }, { text: null, by: 'state:NOR' }],
    });
    const again = office.put(`/v1/report-paragraphs/${gone}`, { text }, { version: 2 });
    expect((await again).status).toBe(404);
    await expectRefused(ledger, add(office, 'closing', 'More'), 422, 'invalid-content');
    await add(office, 'presentation', 'Two\nlines').expect(422);
    await add(office, 'delegation', 'Ms. A, Head of Department').expect(201);
    expect(section(await report(), 'delegation').paragraphs).toMatchObject([{ number: null }]);
  });

  it('lists recommendations by how they were answered, under labels of its own paragraphs', async () => {
    await world.position(slovenia, supported, 'supported');
    await world.position(slovenia, noted, 'noted');
    await slovenia.post(`/v1/reviews/${review}/positions`, {}).expect(200);
    const draft = await report();
    expect(listed(draft)).toEqual([
      [
        6,
        expect.stringContaining('enjoy the support of Slovenia:'),
        '6.1 Ratify the Convention (France) (Brazil).',
      ],
      [
        7,
        expect.stringContaining('no later than the sixty-sixth session'),
        '7.1 Protect children (Norway).',
      ],
      [8, expect.stringContaining('noted by Slovenia:'), '8.1 Leave it be (France).'],
    ]);
    expect(draft.relabelled.map(({ proposed }) => proposed)).toEqual(['6.1', '7.1', '8.1']);
    await expectRefused(ledger, norway.post(url('/labels')), 409, 'wrong-role');
    const { body } = await office.post(url('/labels')).expect(200);
    expect(body).toEqual({ labelled: 3, unlabelled: 0 });
    expect((await report()).relabelled).toEqual([]);
    const item = await office.get(`/v1/recommendations/${pending}`).expect(200);
    expect(item.body).toMatchObject({ label: '7.1' });
  });

  it('is filed as its document, once its labels are those of their places', async () => {
    const query = { kind: 'working-group-report', title: 'Report', symbol: 'A/HRC/66/15' };
    const begun = await office.post(`/v1/reviews/${review}/documents`, query).expect(201);
    const { id, version } = begun.body as { id: string; version: number };
    const file = (at: number, who = office) =>
      who.send('put', `/v1/documents/${id}/content/report`).set('if-match', `"${at}"`);
    await add(office, 'dialogue', 'France welcomed progress.').expect(201);
    await expectRefused(ledger, file(version), 409, 'labels-differ');
    await office.post(url('/labels')).expect(200);
    expect(listed(await report()).map(([number]) => number)).toEqual([7, 8, 9]);
    const filed = await file(version).expect(200);
    const { version: next } = filed.body as { version: number };
    const { words: told } = await report();
    const [text] = (filed.body as { versions: { texts: { words: number }[] }[] }).versions[0]!
      .texts;
    expect(text!.words).toBe(told);
    await office.post(`/v1/documents/${id}/submit`, undefined, { version: next }).expect(200);
    await signOff(world, review);
    expect(await draftOf(world, review)).toEqual({ documentId: id, version: 1 });
  });

  it('comes as Word and as a page', async () => {
    const html = await office.get(url('/content'), { as: 'html' }).expect(200);
    expect(html.text).toContain(
      '<p id="paragraph-7.1">7.1 Ratify the Convention (France) (Brazil).</p>',
    );
    expect(html.text).toContain('<h2>Annex. Composition of the delegation</h2>');
    const word = await office.get(url('/content')).expect(200);
    expect(word.headers['content-type']).toMatch(/wordprocessingml/);
  });

  it('the addendum is composed in the desk of the State alone, by the same labels', async () => {
    await world.at('2027-05-05T15:00:00Z');
    const adopted = await world.move(await world.president(), review, 'adopt-report');
    expect(adopted.status).toBe(200);
    const asked = { kind: 'addendum' };
    for (const who of [office, norway, france]) await who.get(url(), asked).expect(404);
    await world.position(slovenia, pending, 'supported', { comment: 'It is under way.' });
    const { body } = await slovenia.get(url(), asked).expect(200);
    const draft = body as Report;
    expect(section(draft, 'introduction').paragraphs[0]!.text).toContain(
      '3 recommendations, of which 2 enjoy the support of Slovenia, and 1 are noted.',
    );
    expect(section(draft, 'supported').paragraphs).toMatchObject([
      {
        text: 'The following recommendations enjoy the support of Slovenia: 8.1.',
        items: [{ mark: '8.1', text: 'Enjoys the support of Slovenia. It is under way.' }],
      },
    ]);
    // What was answered in the room stands in the report.
    expect(section(draft, 'noted').paragraphs).toEqual([]);
    const paragraphs = url('/paragraphs');
    const text = { section: 'noted', text: 'The Constitution does not allow it.' };
    const own = await slovenia.post(paragraphs, text, { query: asked }).expect(201);
    const { id } = own.body as { id: string };
    await office.get(`/v1/report-paragraphs/${id}`).expect(404);
    await expectRefused(ledger, add(office, 'presentation', 'Too late'), 409, 'wrong-stage');
  });
});
