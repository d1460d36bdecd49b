import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { draftOf, TROIKA } from '../factories/sign-off.js';
import { World } from '../factories/world.js';
import { Ledger } from './ledger.js';

/** What several owe is reminded of one by one: the troika signs the draft off by 10 May at 18:00. */
describe('reminders of what each of several owes', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    await world.reach(review, 'SVN', 'reviewed');
    await world.file(world.secretariat, review, { kind: 'working-group-report' });
    await world.secretariat.post(`/v1/reviews/${review}/circulations`).expect(201);
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const sign = async (state: string): Promise<void> => {
    const who = await world.delegation(state);
    const draft = await draftOf(world, review);
    await who.post(`/v1/reviews/${review}/sign-offs`, draft).expect(201);
  };
  /** In whose desks something was written of the signatures, and what, since the last time. */
  const heard = new Set<string>();
  const written = async (): Promise<string[]> => {
    const entries = (await ledger.journal(review))
      .filter(
        ({ what, facts }) => what !== 'deadline-lapsed' && facts['deadline'] === 'troika-sign-off',
      )
      .map(({ compartment, what, facts }) => `${compartment} ${what} ${String(facts['days'])}`);
    const fresh = entries.filter((each) => !heard.has(each));
    for (const each of fresh) heard.add(each);
    return fresh;
  };

  it('go to those who have not signed, in their own desks', async () => {
    expect(TROIKA).toEqual(['ALB', 'BRA', 'NOR']);
    await sign('ALB');
    await world.at('2027-05-07T07:01:00Z');
    expect(await written()).toEqual([
      'desk:state:BRA deadline-approaching 3',
      'desk:state:NOR deadline-approaching 3',
    ]);
    await sign('NOR');
    await world.at('2027-05-09T07:01:00Z');
    expect(await written()).toEqual(['desk:state:BRA deadline-approaching 1']);
  });

  it('begin again where what was signed stands no longer', async () => {
    const { documentId } = await draftOf(world, review);
    const { body } = await world.secretariat.get(`/v1/documents/${documentId}`).expect(200);
    const { version } = body as { version: number };
    const begun = await world.secretariat
      .post(`/v1/documents/${documentId}/versions`, { reason: 'A State was left out' }, { version })
      .expect(201);
    const sent = await world.secretariat
      .upload(`/v1/documents/${documentId}/content`, 'All of them.', begun.body as never)
      .expect(200);
    await world.secretariat
      .post(`/v1/documents/${documentId}/submit`, undefined, sent.body as never)
      .expect(200);
    await world.at('2027-05-10T07:01:00Z');
    expect(await written()).toEqual(
      TROIKA.map((iso3) => `desk:state:${iso3} deadline-approaching 0`),
    );
  });

  it('are brought to the heads of those who still owe it, and once to the secretariat', async () => {
    await sign('ALB');
    await sign('BRA');
    await world.at('2027-05-20T07:01:00Z');
    expect(await written()).toEqual([
      'desk:secretariat:upr deadline-escalated -2',
      'desk:state:NOR deadline-overdue -1',
      'desk:state:NOR deadline-escalated -2',
      'desk:state:NOR deadline-overdue -3',
    ]);
  });
});
