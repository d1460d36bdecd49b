import type { Client } from '../setup/api.js';
import type { World } from './world.js';

const NUMBERED = [
  'Submission of Amnesty International',
  '1. Many patients wait for years. They are not told why.',
  '2. The fee was raised in 2019.',
  '3. There is no appeal.',
  '4. Amnesty International recommends an inquiry.',
].join('\n');

interface Filed {
  readonly amnesty: string;
  readonly first: string;
  readonly animals: string;
  readonly second: string;
  readonly ombudsman: string;
  /** Who filed the first two. */
  readonly head: Client;
}

/** Five submissions to a review that is being prepared: two are joint, one is an institution's. */
export async function submissions(world: World, review: string): Promise<Filed> {
  const file = (who: Client, kind: string, text: string) => world.file(who, review, { kind, text });
  const amnesty = await world.organization('Amnesty International');
  const animals = await world.organization('Animals International');
  const ombudsman = await world.organization('Human Rights Ombudsman');
  const single = 'stakeholder-submission';
  return {
    amnesty: await file(amnesty.head, single, NUMBERED),
    first: await file(amnesty.head, 'joint-submission', 'Mothers wait.\nThe fee is low.'),
    animals: await file(animals.head, single, 'Animals are not persons.'),
    second: await file(
      animals.head,
      'joint-submission',
      'Children have no teachers.\nThe State pays for half of it.',
    ),
    ombudsman: await file(ombudsman.head, single, 'Schools are closed early.'),
    head: amnesty.head,
  };
}
