import type { Client } from '../setup/api.js';
import type { World } from './world.js';

/** A review whose recommendations are published and followed up. */
interface Followed {
  readonly review: string;
  /** Their ids in the record (of a rehearsal, in casework), in the order of their labels. */
  readonly published: readonly string[];
}

/** Takes a review with some recommendations into the stage in which they are implemented. */
export async function implementing(
  world: World,
  state: string,
  { texts = ['Ratify it', 'Abolish it'], number = 50, test = false } = {},
): Promise<Followed> {
  const review = await world.review(state, { number, test });
  await world.reach(review, state, 'reviewed');
  const made: string[] = [];
  for (const text of texts) {
    made.push(await world.recommend(await world.delegation('FRA'), review, text));
  }
  const subject = await world.delegation(state);
  await world.position(subject, made[0]!, 'supported');
  await subject.post(`/v1/reviews/${review}/positions`, {}).expect(200);
  await world.reach(review, state, 'adopted');
  await begin(world, review);
  return { review, published: test ? made : await publishedOf(world, review) };
}

export async function begin(world: World, review: string): Promise<void> {
  const { status } = await world.move(world.secretariat, review, 'begin-implementation');
  if (status !== 200) throw new Error(`begin-implementation: ${status}`);
}

/** What the record has of a review. */
export async function publishedOf(world: World, review: string): Promise<string[]> {
  const { body } = await world.secretariat.get(`/v1/reviews/${review}`).expect(200);
  const { publicId } = body as { publicId: string };
  const list = await world.api
    .as()
    .get('/v1/record/recommendations', { proceeding: publicId })
    .expect(200);
  return (list.body as { items: { id: string }[] }).items.map(({ id }) => id);
}

/** A word that can be said in the days of the tests. */
export const word = (recommendation: string, grade: string, more: object = {}) => ({
  recommendation,
  version: 0,
  grade,
  text: 'A few words',
  asOf: '2027-09-01',
  ...more,
});

/** Prepares words and hands them in. */
export async function say(who: Client, review: string, ...items: object[]): Promise<void> {
  await who.post(`/v1/reviews/${review}/follow-up`, { items }).expect(200);
  await who.post(`/v1/reviews/${review}/follow-up/submit`, {}).expect(200);
}
