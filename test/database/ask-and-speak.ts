import { Questions } from '../factories/asking-questions.js';
import { Lists, OPENS, type Listed } from '../factories/speaking.js';
import type { World } from '../factories/world.js';

/** Two States ask in advance, and it is grouped; `token` stands in all that anybody writes. */
export async function askInAdvance(world: World, review: string, token: string): Promise<void> {
  const [france, brazil] = [await world.delegation('FRA'), await world.delegation('BRA')];
  const questions = new Questions(review);
  const group = { with: ['BRA'], group: token };
  const asked = await questions.filed(france, [token, `${token} twice`], group);
  await questions.confirm(brazil, asked[0]!).expect(200);
  await questions.group(world.secretariat, [[token, asked[0]!]], 0).expect(200);
}

/** The State answers; a list of speakers closes, two would exchange places, the State speaks. */
export async function answerAndSpeak(world: World, review: string, token: string): Promise<void> {
  const [slovenia, france] = [await world.delegation('SVN'), await world.delegation('FRA')];
  const questions = new Questions(review);
  const [first] = await questions.listed(slovenia);
  await questions.answer(slovenia, first!, { in: 'writing', text: token }).expect(200);
  const lists = new Lists(world, review);
  const { secretariat } = world;
  await world.at(OPENS);
  const mine = await lists.registered(france, { with: ['BRA'] });
  await (await world.delegation('BRA')).post(`/v1/speakers/${mine.id}/confirm`, {}).expect(200);
  await lists.onBehalf(['JPN', 'KEN']);
  await world.at('2027-04-30T09:00:00Z');
  await lists.draw(secretariat, ['F'], { meeting: token, witnesses: [token] }).expect(200);
  const { speakers } = await lists.seen(france);
  const other = speakers.find(({ side }) => side === 'state:JPN')!;
  const before = speakers.find(({ side }) => side === 'state:FRA')!;
  await lists.propose(france, before, other).expect(201);
  await world.at('2027-05-03T07:10:00Z');
  const opening = { part: 'opening', at: '2027-05-03T07:00:00Z' };
  const begun = await secretariat.post(`/v1/reviews/${review}/statements`, opening).expect(201);
  const { id, version } = begun.body as Listed;
  const end = { at: '2027-05-03T07:05:00Z' };
  await secretariat.post(`/v1/speakers/${id}/end`, end, { version }).expect(200);
  const words = { text: token };
  await slovenia.put(`/v1/speakers/${id}/text`, words, { version: version + 1 }).expect(200);
}
