import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Listed } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';

interface Step {
  readonly step: string;
  readonly status: string;
  readonly at: string | null;
}

/** The deadline of the addendum is that of the positions: closing these is not giving it. */
describe('the steps of cooperation', () => {
  let world: World;
  let review: string;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
  });
  afterAll(() => world.stop());

  const step = async (name: string): Promise<Step | undefined> => {
    const france = await world.delegation('FRA');
    const { body } = await france.get(`/v1/reviews/${review}/cooperation`).expect(200);
    return (body as { steps: Step[] }).steps.find((each) => each.step === name);
  };

  it('tell of the troika what the State asked', async () => {
    expect(await step('own-troika')).toMatchObject({ status: 'open', at: null });
    const { body } = await slovenia.get(`/v1/reviews/${review}`).expect(200);
    const { version } = body as { version: number };
    const url = `/v1/reviews/${review}/troika/requests`;
    await slovenia.post(url, { kind: 'own-region' }, { version }).expect(200);
    expect(await step('own-troika')).toMatchObject({ status: 'done', at: expect.any(String) });
  });

  it('tell of the addendum whether it was handed in, and when', async () => {
    await world.reach(review, 'SVN', 'positioned');
    expect(await step('addendum')).toMatchObject({ status: 'open', at: null });
    await world.at('2027-09-23T08:10:00Z');
    expect(await step('addendum')).toMatchObject({
      status: 'missed',
      at: '2027-09-23T08:00:00.000Z',
    });
    await world.file(slovenia, review, { kind: 'addendum' });
    expect(await step('addendum')).toMatchObject({ status: 'late' });
  });

  it('tell of the appearance whether the State spoke in the plenary, and when', async () => {
    expect(await step('appearance')).toMatchObject({ status: 'open', at: null });
    const opening = { occasion: 'plenary', part: 'opening' };
    const url = `/v1/reviews/${review}/statements`;
    const begun = await world.secretariat.post(url, opening).expect(201);
    const { id, version, statement } = begun.body as Listed;
    // It is told when it has been said.
    expect(await step('appearance')).toMatchObject({ status: 'open' });
    const end = `/v1/speakers/${id}/end`;
    await world.secretariat.post(end, {}, { version }).expect(200);
    const { beganAt } = statement as { beganAt?: string };
    expect(await step('appearance')).toEqual({ step: 'appearance', status: 'done', at: beganAt });
    await world.move(await world.president(), review, 'adopt-outcome');
    expect(await step('appearance')).toMatchObject({ status: 'done' });
  });
});
