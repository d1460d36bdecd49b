import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answer, ask, draft, handIn, type Organization } from './joint.js';
import { expectRefused } from './ledger.js';
import { summarizing, type Source } from './summarizing.js';

/** Who is no longer named beside a submission is not named by what is written from it. */
describe('a summary, and who is hidden since', () => {
  let desk: Awaited<ReturnType<typeof summarizing>>;
  let joint: string;
  let leaving: Organization;
  let sealing: Organization;
  beforeAll(async () => {
    desk = await summarizing();
    const { world, review, filed } = desk;
    leaving = await world.organization('Leaving House');
    sealing = await world.organization('Sealing House');
    joint = (await draft(filed.head, review)).id;
    for (const each of [leaving, sealing]) {
      await ask(filed.head, joint, each);
      await answer(each.head, joint, 'accept');
    }
    await handIn(filed.head, joint);
  }, 60_000);
  afterAll(() => desk?.stop());

  const source = async (id: string) =>
    (await desk.sources()).find((each) => each.id === id) as Source & Record<string, unknown>;
  const annex = async (): Promise<string> =>
    (await desk.office.get(desk.at('summary/content'), { as: 'html' }).expect(200)).text;

  it('lists a partner no longer that left or was sealed, and holds what names it', async () => {
    const { office, marked, begun, write, summary } = desk;
    const before = await source(joint);
    const change = {
      mark: before.mark,
      name: 'Amnesty International',
      partners: ['Leaving House (Ljubljana)', 'SEALING HOUSE', 'Somebody on paper'],
      standsWith: 'civil-society',
    };
    await office.put(`/v1/sources/${joint}`, change, { version: 1 }).expect(200);
    const passage = await marked({ source: joint, paragraph: '1' });
    const made = await begun(passage.id);
    const notes = [{ passages: [passage.id], seeAlso: [] }];
    await write(made, { text: 'Leaving House saw it.[^1]', notes }).expect(200);
    const { version, paragraphs } = await summary();
    const order = paragraphs.map(({ id }: { id: string }) => id);
    const background = 'Sealing House came first.';
    await office.put(desk.at('summary'), { background, order }, { version }).expect(200);
    expect(await annex()).toContain('Leaving House');

    expect((await answer(leaving.head, joint, 'leave')).status).toBe(200);
    expect((await answer(sealing.head, joint, 'seal')).status).toBe(200);
    const after = await source(joint);
    expect(after['partners']).toEqual(['Somebody on paper']);
    expect(after['withheld']).toEqual([
      'Leaving House',
      'Leaving House (Ljubljana)',
      'Sealing House',
      'SEALING HOUSE',
    ]);
    expect(await summary()).toMatchObject({ held: 1 });
    const text = await annex();
    expect(text).toContain('Somebody on paper');
    expect(text).not.toMatch(/sealing house/i);
  });

  it('is not written with the name of an author that was withdrawn', async () => {
    const { ledger, office, filed, marked, begun, write, summary } = desk;
    const url = `/v1/sources/${filed.animals}`;
    const { version } = await source(filed.animals);
    const renamed = { mark: 'AI-2', name: 'The friends of animals', standsWith: 'civil-society' };
    await office.put(url, renamed, { version }).expect(200);
    const passage = await marked({ source: filed.ombudsman, paragraph: '1' });
    const made = await begun(passage.id);
    const notes = [{ passages: [passage.id], seeAlso: [] }];
    const say = async (text: string) => {
      const shown = await office.get(`/v1/summary-paragraphs/${made.id}`).expect(200);
      return write(shown.body, { text: `${text}[^1]`, notes });
    };
    // Under its own name, which the list of sources does not use.
    expect((await say('Animals International saw it.')).status).toBe(200);
    const why = { ground: 'risk-to-person', reason: 'They are looking for it' };
    const item = { kind: 'document', id: filed.animals };
    await office.post('/v1/withdrawals', { item, fields: ['author'], ...why }).expect(201);
    const emptied = await office.get(`/v1/summary-paragraphs/${made.id}`).expect(200);
    expect(emptied.body.text).not.toContain('Animals International');
    const again = await say('Animals International saw it.');
    expect(again.body).toMatchObject({ status: 422, code: 'names-withheld' });
    expect((await say('Somebody saw it.')).status).toBe(200);
    const { version: at, paragraphs } = await summary();
    const order = paragraphs.map(({ id }: { id: string }) => id);
    const body = { background: 'By Animals International.', order };
    const put = office.put(desk.at('summary'), body, { version: at });
    await expectRefused(ledger, put, again.status, 'names-withheld');
    expect(await source(filed.animals)).toMatchObject({ name: '[withdrawn]', mark: null });
  });
});
