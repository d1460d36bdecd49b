import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  draw,
  groupOf,
  publicValue,
  seatCouncil,
  type Lot,
  type Troika,
} from '../factories/council.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { NOBODY } from './asking.js';
import { expectRefused, Ledger } from './ledger.js';

/** What a State under review and its rapporteurs may ask (res. 5/1, annex, paras. 19 and 20). */
describe('the rights of a troika', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let slovenia: Client;
  let day = 11;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    await seatCouncil(world);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const url = (id = review) => `/v1/reviews/${id}/troika`;
  const troika = async (who: Client = world.secretariat, id = review): Promise<Troika> =>
    (await who.get(url(id)).expect(200)).body as Troika;
  const states = async (): Promise<string[]> =>
    (await troika()).rapporteurs.map(({ state }) => state);
  const ask = (who: Client, version: number, body: object, id = review) =>
    who.post(`${url(id)}/requests`, body, { version });
  const answer = (who: Client, id: string, grant: boolean, version = 1) =>
    who.post(`/v1/troika-requests/${id}/answer`, { grant }, { version });
  const lastEntry = async (compartment = 'case') =>
    (await ledger.journal(review, compartment)).at(-1)!;
  /** What the account of a delegation reads of the committee's compartment: its journal. */
  const reads = async (who: Client): Promise<string[]> => {
    const { items } = (await who.get(`/v1/reviews/${review}/journal`, { limit: 200 })).body;
    return [...new Set((items as { compartment: string }[]).map((each) => each.compartment))];
  };

  async function announced(): Promise<Lot> {
    day += 1;
    const knownFrom = `2027-01-${day}T09:00:00Z`;
    const asked = { purpose: 'troika', publicValue: { ...publicValue, knownFrom } };
    return (await world.secretariat.post(`/v1/reviews/${review}/lots`, asked).expect(201)).body;
  }
  async function drawn(lot: Lot): Promise<string[]> {
    await world.at(`2027-01-${day}T09:00:00Z`);
    return (await draw(world, lot)).result![0]!.drawn;
  }

  it('let the State ask for one from its own group, once', async () => {
    const own = { kind: 'own-region' };
    const by = { facts: { by: ['stateUnderReview'] } };
    const { version } = await troika();
    for (const who of [world.secretariat, await world.delegation('KEN')])
      await expectRefused(ledger, ask(who, version, own), 409, 'wrong-role', by);
    const drafter = await world.delegation('SVN', 'drafter');
    await expectRefused(ledger, ask(drafter, version, own), 409, 'permission-missing');
    await expectRefused(ledger, ask(slovenia, 9, own), 412, 'stale');
    const bare = slovenia.post(`${url()}/requests`, own);
    await expectRefused(ledger, bare, 428, 'version-required');
    await expectRefused(ledger, ask(slovenia, version, own, NOBODY), 404, 'not-found');
    const odd = ask(slovenia, version, { ...own, rapporteur: 'KEN' });
    await expectRefused(ledger, odd, 422, 'invalid-content');
    const { body } = await ask(slovenia, version, own).expect(200);
    expect(body).toMatchObject({ ownRegion: true, vacant: 3, requests: [{ status: 'granted' }] });
    expect(await lastEntry()).toMatchObject({ what: 'own-region-asked', by: 'stateUnderReview' });
    await expectRefused(ledger, ask(slovenia, version, own), 409, 'already-exists');
  });

  it('refuse that where nobody of the group could be drawn, and say which group', async () => {
    const first = await world.review('EST', { number: 51 });
    const estonia = await world.delegation('EST');
    await ledger.rows(
      `UPDATE reference.body_seat SET valid_until = '2027-01-05' WHERE iso3 = 'ALB'`,
    );
    const { version } = await troika(estonia, first);
    const facts = { for: 'EST', group: 'eastern-european' };
    const own = ask(estonia, version, { kind: 'own-region' }, first);
    await expectRefused(ledger, own, 409, 'lot-group-empty', { facts });
    // Asked while there was somebody, and announced when there is nobody any more.
    await ledger.rows(
      `UPDATE reference.body_seat SET valid_until = '2027-01-11' WHERE iso3 = 'ALB'`,
    );
    await ask(estonia, version, { kind: 'own-region' }, first).expect(200);
    const lot = {
      purpose: 'troika',
      publicValue: { ...publicValue, knownFrom: '2027-01-20T09:00:00Z' },
    };
    const call = world.secretariat.post(`/v1/reviews/${first}/lots`, lot);
    await expectRefused(ledger, call, 409, 'lot-group-empty', { facts });
    const byHand = {
      states: ['KEN', 'BRA', 'NOR'],
      drawnOn: '2027-01-10',
      meeting: 'A meeting',
      witnesses: ['Somebody'],
    };
    const recorded = world.secretariat.post(url(first), byHand, { version });
    const because = { facts: { because: 'own-region-missing' } };
    await expectRefused(ledger, recorded, 422, 'troika-invalid', because);
    await ledger.rows(`UPDATE reference.body_seat SET valid_until = NULL WHERE iso3 = 'ALB'`);
    // The Holy See sits in no group.
    const see = await world.review('VAT', { number: 52 });
    const vatican = await world.delegation('VAT');
    const none = ask(vatican, 1, { kind: 'own-region' }, see);
    await expectRefused(ledger, none, 409, 'lot-group-empty', {
      facts: { for: 'VAT', group: null },
    });
  });

  it('void a lot that was announced before they were used', async () => {
    const other = await world.review('LVA', { number: 53 });
    const latvia = await world.delegation('LVA');
    const knownFrom = '2027-01-10T12:00:00Z';
    const asked = { purpose: 'troika', publicValue: { ...publicValue, knownFrom } };
    const lot = await world.secretariat.post(`/v1/reviews/${other}/lots`, asked).expect(201);
    await ask(latvia, 1, { kind: 'own-region' }, other).expect(200);
    await world.at(knownFrom);
    const drawing = () =>
      world.secretariat.post(`/v1/lots/${lot.body.id}/draw`, { publicValue: '1' }, { version: 1 });
    await expectRefused(ledger, drawing(), 409, 'lot-outdated', { facts: { because: 'rules' } });
    const reason = { reason: 'Latvia asked for a rapporteur of its own region' };
    await world.secretariat
      .post(`/v1/lots/${lot.body.id}/cancel`, reason, { version: 1 })
      .expect(200);
  });

  it('are kept by the draw: one of the three is of the State’s own group', async () => {
    const lot = await announced();
    expect(lot.input.draw).toMatchObject({ rounds: [{ groupForced: 'eastern-european' }] });
    const all = await drawn(lot);
    expect(all.map(groupOf)).toContain('eastern-european');
    const { version } = await troika();
    const late = ask(slovenia, version, { kind: 'own-region' });
    await expectRefused(ledger, late, 409, 'too-late', { facts: { rapporteurs: all } });
  });

  it('let the State have one replaced, who loses at once what the seat opened; and no second', async () => {
    const [out, other] = await states();
    const gone = await world.delegation(out!);
    const { version } = await troika();
    await plant();
    expect(await reads(gone)).toContain('committee');
    const substitute = (rapporteur?: string) =>
      ask(slovenia, version, { kind: 'substitution', rapporteur });
    await expectRefused(ledger, substitute(), 422, 'invalid-content');
    const unknown = { facts: { rapporteur: 'URY', rapporteurs: await states() } };
    await expectRefused(ledger, substitute('URY'), 422, 'unknown-rapporteur', unknown);
    await expectRefused(
      ledger,
      ask(gone, version, { kind: 'substitution', rapporteur: out! }),
      409,
      'wrong-role',
    );
    const trial = await slovenia
      .post(
        `${url()}/requests`,
        { kind: 'substitution', rapporteur: out },
        { version, query: { dryRun: true } },
      )
      .expect(200);
    expect(trial.body).toMatchObject({ ok: true });
    const { body } = await substitute(out).expect(200);
    expect(body).toMatchObject({ vacant: 1, substitutionsLeft: 0 });
    expect(await reads(gone)).toEqual(['case']);
    expect((await gone.get(`/v1/reviews/${review}`).expect(200)).body.roles).toEqual([
      'recommendingState',
    ]);
    const row = {
      what: 'rapporteur-substituted',
      by: 'stateUnderReview',
      facts: { rapporteur: out },
    };
    expect(await lastEntry()).toMatchObject(row);
    const page = (await world.api.as().get('/v1/record/proceedings', { state: 'SVN' })).body
      .items[0];
    const sides = (page.participants as { side: string }[]).map(({ side }) => side);
    expect([sides.includes(`state:${out}`), sides.includes(`state:${other}`)]).toEqual([
      false,
      true,
    ]);
    const again = ask(slovenia, (await troika()).version, {
      kind: 'substitution',
      rapporteur: other,
    });
    const facts = { allowed: 1, used: 1 };
    await expectRefused(ledger, again, 409, 'substitution-used-up', { facts });
  });

  it('draw another in their place by the same rules, and nobody who was there before', async () => {
    const before = await states();
    const lot = await announced();
    const groupsTaken = before.map((state) => groupOf(state)!).toSorted();
    const forced = groupsTaken.includes('eastern-european') ? null : 'eastern-european';
    expect(lot.input.draw).toMatchObject({
      rounds: [{ seats: 1, groupsTaken, groupForced: forced }],
    });
    const [fresh, ...more] = await drawn(lot);
    expect(more).toEqual([]);
    expect(groupsTaken).not.toContain(groupOf(fresh!));
    expect((await states()).toSorted()).toEqual([...before, fresh!].toSorted());
    const seated = await world.delegation(fresh!);
    await plant();
    expect(await reads(seated)).toContain('committee');
  });

  /** Something in the committee's compartment, so that its journal shows who reads it. */
  async function plant(): Promise<void> {
    const [one] = await states();
    const who = await world.delegation(one!);
    const { version } = await troika();
    const asked = await ask(who, version, { kind: 'excusal', rapporteur: one }).expect(200);
    const open = (asked.body as Troika).requests.find(({ status }) => status === 'open')!;
    await answer(world.secretariat, open.id, false).expect(200);
  }
});
