import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seatCouncil, type Troika } from '../factories/council.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

/** A rapporteur who asks to be excused, and a seat that is filled by hand (res. 5/1, para. 20). */
describe('a rapporteur', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    await seatCouncil(world);
    await record(['ALB', 'BRA', 'NOR'], 1).expect(200);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = () => `/v1/reviews/${review}/troika`;
  const record = (states: string[], version: number) => {
    const told = { drawnOn: '2027-01-10', meeting: 'A meeting', witnesses: ['Somebody'] };
    return world.secretariat.post(url(), { states, ...told }, { version });
  };
  const troika = async (who: Client = world.secretariat): Promise<Troika> =>
    (await who.get(url()).expect(200)).body as Troika;
  const states = async (): Promise<string[]> =>
    (await troika()).rapporteurs.map(({ state }) => state);
  const openIn = ({ requests }: Troika) => requests.find(({ status }) => status === 'open')!;
  const ask = (who: Client, version: number, body: object) =>
    who.post(`${url()}/requests`, body, { version });
  const answer = (who: Client, id: string, grant: boolean, version = 1) =>
    who.post(`/v1/troika-requests/${id}/answer`, { grant }, { version });
  const lastEntry = async (compartment = 'case') =>
    (await ledger.journal(review, compartment)).at(-1)!;
  const reads = async (who: Client): Promise<string[]> => {
    const { items } = (await who.get(`/v1/reviews/${review}/journal`, { limit: 200 })).body;
    return [...new Set((items as { compartment: string }[]).map((each) => each.compartment))];
  };

  it('may ask to be excused, which is known to the troika until it is granted', async () => {
    const [one, two] = await states();
    const [mine, others] = [await world.delegation(one!), await world.delegation(two!)];
    const { version } = await troika();
    const excusal = { kind: 'excusal', rapporteur: one };
    await expectRefused(ledger, ask(others, version, excusal), 409, 'wrong-role');
    await expectRefused(ledger, ask(slovenia, version, excusal), 409, 'wrong-role');
    const { body } = await ask(mine, version, excusal).expect(200);
    const request = openIn(body as Troika);
    expect(request).toMatchObject({ status: 'open', rapporteur: one });
    expect(await lastEntry('committee')).toMatchObject({ what: 'excusal-asked', by: 'rapporteur' });
    await expectRefused(ledger, ask(mine, version, excusal), 409, 'already-exists');
    const kinds = async (who: Client) => (await troika(who)).requests.map(({ kind }) => kind);
    expect(await kinds(others)).toContain('excusal');
    expect(await kinds(slovenia)).not.toContain('excusal');
    await expectRefused(ledger, answer(slovenia, request.id, true), 404, 'not-found');
    await expectRefused(ledger, answer(mine, request.id, true), 409, 'wrong-role');
    await expectRefused(ledger, answer(world.secretariat, request.id, true, 3), 412, 'stale');
    const declined = await answer(world.secretariat, request.id, false).expect(200);
    expect(declined.body).toMatchObject({ status: 'declined', version: 2 });
    const again = answer(world.secretariat, request.id, true, 2);
    await expectRefused(ledger, again, 409, 'already-given');
    expect(await states()).toContain(one);

    await ask(mine, (await troika()).version, excusal).expect(200);
    const open = openIn(await troika());
    const granted = await answer(await world.president(), open.id, true).expect(200);
    expect(granted.body).toMatchObject({ status: 'granted' });
    const facts = { rapporteur: one };
    expect(await lastEntry()).toMatchObject({ what: 'rapporteur-excused', by: 'president', facts });
    expect(await states()).not.toContain(one);
    expect(await reads(mine)).toEqual(['case']);
    expect(await kinds(slovenia)).toContain('excusal');
  });

  it('is followed by one who is drawn by hand, by the same rules', async () => {
    expect(await states()).toEqual(['BRA', 'NOR']);
    const { version } = await troika();
    const wrong: [string[], object][] = [
      [['EST', 'KEN'], { because: 'number', drawn: 2, seats: 1 }],
      [['SVN'], { because: 'under-review', states: ['SVN'] }],
      [['ALB'], { because: 'excluded', states: ['ALB'] }],
      [['BRA'], { because: 'excluded', states: ['BRA'] }],
      [['CRI'], { because: 'same-regional-group' }],
      [['URY'], { because: 'not-a-member', states: ['URY'] }],
    ];
    for (const [drawn, facts] of wrong) {
      const call = record(drawn, version);
      await expectRefused(ledger, call, 422, 'troika-invalid', { facts });
    }
    await record(['EST'], version).expect(200);
    expect(await troika()).toMatchObject({ vacant: 0 });
    expect(await states()).toEqual(['BRA', 'EST', 'NOR']);
    const full = record(['KEN'], version + 1);
    await expectRefused(ledger, full, 409, 'already-given');
  });

  it('stays when the dialogue has begun', async () => {
    const { version } = await troika();
    await world.at('2027-05-03T07:00:00Z');
    const brazil = await world.delegation('BRA');
    const excusal = ask(brazil, version, { kind: 'excusal', rapporteur: 'BRA' });
    await expectRefused(ledger, excusal, 409, 'too-late');
  });
});
