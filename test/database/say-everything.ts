import { Ledger } from '../e2e/ledger.js';
import { Words } from '../e2e/words.js';
import type { World } from '../factories/world.js';

/** Everything that can happen to the words of recommendations in the room, each text with a token in it. */
export async function sayEverything(world: World, review: string, token: string): Promise<void> {
  const words = new Words(world, await Ledger.open(world.api), review);
  const brazil = await world.delegation('BRA');
  const slovenia = await world.delegation('SVN');
  const own = await world.recommend(brazil, review, `${token} once`);
  await words.amend(brazil, own, `${token} twice`, { reason: token }).expect(201);
  await words.deliver(world.secretariat, own, `${token} thrice`).expect(201);
  await words.hear(brazil, own, false).expect(200);
  for (const grant of [false, true]) {
    await words.askSplit(slovenia, own, [`${token} here`, `${token} there`]).expect(201);
    const n = (await words.read(brazil, own)).openWordings.at(-1)!;
    await words.answer(brazil, own, n).expect(200);
    await words.decide(world.secretariat, own, n, { grant, reason: token }).expect(200);
  }
  await words.leave(brazil, await world.recommend(brazil, review, token)).expect(200);
  await words.ledger.close();
  await slovenia.post(`/v1/reviews/${review}/pledges`, { text: token }).expect(201);
}
