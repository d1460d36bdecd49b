import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Lists, PLENARY_CLOSES, PLENARY_OPENS, type Listed } from '../factories/speaking.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

const FIFTEEN = 'ALB BRA CHE CIV DEU EGY FRA GHA IND JPN KEN MEX NOR PER ZMB'.split(' ');
const THIRTEEN = 'ZMB ALB KEN BRA NOR CHE PER DEU MEX EGY JPN FRA IND'.split(' ');

/** The hour in the plenary: its two lists, the draw, and the adoption at the end. */
describe('the plenary', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let lists: Lists;
  let secretariat: Client;
  let kenya: Client;
  let albania: Client;
  let watch: Client;
  let lex: Client;
  let institution: Client;
  beforeAll(async () => {
    world = await World.build();
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    lists = new Lists(world, review);
    ({ secretariat } = world);
    kenya = await world.delegation('KEN');
    albania = await world.delegation('ALB');
    watch = (await world.organization('Watch')).head;
    lex = (await world.organization('Lex')).head;
    institution = (await world.organization('Ombudsman')).head;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const own = async (who: Client, list: string): Promise<Listed> => {
    const { body } = await who.get('/v1/me').expect(200);
    const [{ side }] = (body as { seats: [{ side: string }] }).seats;
    const { speakers } = await lists.seen(who, list);
    return speakers.find((each) => each.side === side)!;
  };
  const apply = (who: Client, accreditation?: string) =>
    lists.register(who, { list: 'stakeholders', ...(accreditation && { accreditation }) });
  const accredit = (who: Client, { id, version }: Listed, confirmed = true) =>
    who.post(`/v1/speakers/${id}/accreditation`, { confirmed }, { version });
  const draw = (drawn: string[], list = 'plenary') =>
    lists.draw(secretariat, drawn, { list, drawnOn: '2027-09-17' });
  const sides = (codes: readonly string[]): string[] => codes.map((code) => `state:${code}`);
  const names = async (list: string): Promise<string[]> => {
    const { speakers } = await lists.seen(watch, list);
    return speakers.filter(({ place }) => place !== null).map(({ name }) => name);
  };

  it('has no list before the report is adopted, and says from when on', async () => {
    expect(await lists.seen(kenya, 'plenary')).toMatchObject({ status: 'not-open', opens: null });
    const nulls = { facts: { opensAt: null, closesAt: null } };
    const early = lists.register(kenya, { list: 'plenary' });
    await expectRefused(ledger, early, 409, 'list-not-open', {
      facts: expect.objectContaining(nulls.facts),
    });
    await world.reach(review, 'SVN', 'positioned');
    const { opens, closes, status } = await lists.seen(kenya, 'plenary');
    expect([status, opens?.local, closes?.local]).toEqual([
      'not-open',
      '2027-09-13T10:00',
      '2027-09-16T18:00',
    ]);
    await world.at(PLENARY_OPENS);
    expect(await lists.seen(kenya, 'plenary')).toMatchObject({ status: 'open' });
  });

  describe('of States', () => {
    it('takes them all, and draws thirteen with their order where more have registered', async () => {
      await lists.registered(kenya, { list: 'plenary' });
      await lists.registered(albania, { list: 'plenary', with: ['NPL'] });
      await lists.onBehalf(
        FIFTEEN.filter((code) => !['KEN', 'ALB'].includes(code)),
        'plenary',
      );
      const open = draw(sides(THIRTEEN));
      await expectRefused(ledger, open, 409, 'list-open');
    });
  });

  describe('of organizations', () => {
    it('takes those that declare their status, and tells the others nothing', async () => {
      await expectRefused(ledger, apply(watch), 422, 'invalid-content');
      await expectRefused(ledger, apply(kenya, 'ecosoc'), 409, 'wrong-role');
      const odd = lists.register(kenya, { list: 'plenary', accreditation: 'ecosoc' });
      await expectRefused(ledger, odd, 422, 'invalid-content');
      const joint = { list: 'stakeholders', accreditation: 'ecosoc', with: ['BRA'] };
      await expectRefused(ledger, lists.register(watch, joint), 409, 'not-offered');
      const made = (await apply(watch, 'ecosoc').expect(201)).body as Listed;
      expect(made).toMatchObject({ accreditation: { status: 'ecosoc', confirmed: null } });
      const { compartment } = await ledger.row<{ compartment: string }>(
        'SELECT compartment FROM casework.speaker WHERE id = $1',
        [made.id],
      );
      expect(compartment).toMatch(/^filed:organization:/);
      await apply(institution, 'nhri-a').expect(201);
      await apply(lex, 'ecosoc').expect(201);
      expect((await lists.seen(secretariat, 'stakeholders')).speakers).toHaveLength(3);
      for (const who of [lex, institution]) {
        expect((await lists.seen(who, 'stakeholders')).speakers).toHaveLength(1);
        await expectRefused(ledger, who.get(`/v1/speakers/${made.id}`), 404, 'not-found');
      }
      for (const who of [kenya, await world.president(), await world.delegation('SVN')]) {
        expect((await lists.seen(who, 'stakeholders')).speakers).toEqual([]);
      }
    });

    it('has them accredited by the secretariat alone', async () => {
      const watching = await own(watch, 'stakeholders');
      for (const who of [watch, lex]) {
        const status = who === watch ? 409 : 404;
        const code = who === watch ? 'wrong-role' : 'not-found';
        await expectRefused(ledger, accredit(who, watching), status, code);
      }
      await expectRefused(ledger, accredit(secretariat, { ...watching, version: 9 }), 412, 'stale');
      const { body } = await accredit(secretariat, watching).expect(200);
      expect(body.accreditation).toEqual({ status: 'ecosoc', confirmed: true });
      const entry = (await ledger.journal(review)).find(
        ({ what }) => what === 'speaker-accredited',
      );
      expect(entry).toMatchObject({ by: 'secretariat' });
      expect(entry!.compartment).toMatch(/^filed:organization:/);
      const state = (await lists.seen(secretariat, 'plenary')).speakers[0]!;
      await expectRefused(ledger, accredit(secretariat, state), 409, 'not-offered');
      await accredit(secretariat, await own(institution, 'stakeholders')).expect(200);
    });
  });

  describe('when the lists have closed', () => {
    beforeAll(() => world.at(PLENARY_CLOSES.replace('16:00:00', '16:01:00')));

    it('waits for the draw of States, and shares ninety seconds to each', async () => {
      const { status, time, speakers } = await lists.seen(watch, 'plenary');
      expect([status, time]).toEqual([
        'draw-needed',
        { member: 90, observer: 90, membersKnown: true },
      ]);
      expect(speakers).toHaveLength(15);
      expect(speakers.every(({ place, class: kind }) => place === null && kind === null)).toBe(
        true,
      );
      const short = draw(sides(THIRTEEN.slice(1)));
      await expectRefused(ledger, short, 422, 'draw-invalid', {
        facts: { because: 'number', drawn: 12, seats: 13 },
      });
      const twice = draw(sides([...THIRTEEN.slice(1), 'ALB']));
      await expectRefused(ledger, twice, 422, 'draw-invalid', { facts: { because: 'repeated' } });
      const foreign = draw(sides([...THIRTEEN.slice(1), 'NPL']));
      await expectRefused(ledger, foreign, 422, 'draw-invalid');
      await expectRefused(
        ledger,
        lists.draw(kenya, sides(THIRTEEN), { list: 'plenary' }),
        409,
        'wrong-role',
      );
      const { body } = await draw(sides(THIRTEEN)).expect(200);
      expect(body.status).toBe('settled');
      expect(await lists.order(watch, 'plenary')).toEqual(THIRTEEN);
      const out = (body.speakers as Listed[]).filter((each) => each.status === 'not-drawn');
      expect(out.map(({ side, seconds }) => [side, seconds])).toEqual([
        ['state:CIV', null],
        ['state:GHA', null],
      ]);
      await expectRefused(ledger, draw(sides(THIRTEEN)), 409, 'already-given');
      const { body: record } = await world.api
        .as()
        .get('/v1/record/speakers', { state: 'SVN', list: 'plenary' });
      const told = (record.items as { place: number | null; status: string }[]).map(
        ({ place, status: s }) => `${place} ${s}`,
      );
      expect([told[0], told[12], told[13]]).toEqual(['1 listed', '13 listed', 'null not-drawn']);
    });

    it('lets States exchange places there too', async () => {
      const [kenyan, albanian] = [await own(kenya, 'plenary'), await own(albania, 'plenary')];
      const { body } = await lists.propose(kenya, kenyan, albanian).expect(201);
      const { version } = await lists.seen(albania, 'plenary');
      await lists.answer(albania, (body as { id: string }).id, true, version).expect(200);
      expect((await lists.order(watch, 'plenary')).slice(0, 3)).toEqual(['ZMB', 'KEN', 'ALB']);
      const out = (await lists.seen(kenya, 'plenary')).speakers.find(
        (each) => each.status === 'not-drawn',
      )!;
      const none = lists.propose(kenya, await own(kenya, 'plenary'), out);
      await expectRefused(ledger, none, 409, 'no-place');
    });

    it('shows the organizations that were accredited, the national institution first', async () => {
      expect(await names('stakeholders')).toEqual(['Ombudsman', 'Watch']);
      // One that was not is on no list, and is told to nobody.
      const { speakers } = await lists.seen(watch, 'stakeholders');
      expect(speakers.map(({ name }) => name).toSorted()).toEqual(['Ombudsman', 'Watch']);
      const record = await world.api
        .as()
        .get('/v1/record/speakers', { list: 'stakeholders' })
        .expect(200);
      expect(record.text).not.toContain('Lex');
      await accredit(secretariat, await own(lex, 'stakeholders')).expect(200);
      expect(await names('stakeholders')).toEqual(['Ombudsman', 'Lex', 'Watch']);
      const undo = accredit(secretariat, await own(lex, 'stakeholders'), false);
      await expectRefused(ledger, undo, 409, 'already-given');
      const late = apply((await world.organization('Late')).head, 'ecosoc');
      await expectProblem(late, 409, 'list-closed');
    });

    it('gives the floor to the State, the institution, States, then organizations', async () => {
      await world.at('2027-09-23T08:00:30Z');
      const president = await world.president();
      const view = async () => {
        const url = `/v1/reviews/${review}/dialogue`;
        const { body } = await kenya.get(url, { occasion: 'plenary' }).expect(200);
        return body as { next: Listed; left: number; lists: { list: string; waiting: number }[] };
      };
      const { next, left, lists: told } = await view();
      expect([next.name, left]).toEqual(['Ombudsman', 3600]);
      expect(told.map(({ list, waiting }) => [list, waiting])).toEqual([
        ['plenary', 13],
        ['stakeholders', 3],
      ]);
      const speak = async ({ id, version }: Listed) => {
        const at = '2027-09-23T08:00:01Z';
        const begun = await president.post(`/v1/speakers/${id}/begin`, { at }, { version });
        expect(begun.status).toBe(200);
        const ending = { at: '2027-09-23T08:00:20Z', seconds: 60 };
        const change = { version: (begun.body as Listed).version };
        await president.post(`/v1/speakers/${id}/end`, ending, change).expect(200);
      };
      await speak(next);
      expect((await view()).next.name).toBe('Zambia');
      await speak((await view()).next);
      expect((await view()).next.name).toBe('Kenya');
      const part = { occasion: 'plenary', part: 'closing', at: '2027-09-23T08:00:02Z' };
      const begun = await president.post(`/v1/reviews/${review}/statements`, part).expect(201);
      const early = await world.move(president, review, 'adopt-outcome');
      expect([early.status, early.body.code]).toEqual([409, 'somebody-speaks']);
      const { id, version } = begun.body as Listed;
      await president.post(`/v1/speakers/${id}/end`, {}, { version }).expect(200);
      expect((await world.move(president, review, 'adopt-outcome')).body.status).toBe('adopted');
    });
  });
});
