import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  begun,
  filled,
  forwarded,
  move,
  office,
  registered,
  type Office,
} from '../factories/aarhus.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, Ledger } from './ledger.js';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly number: string | null;
  readonly roles: readonly string[];
  readonly openedAt: string;
  readonly actions: readonly { action: string; allowed: boolean; because: string | null }[];
}

/** A member of the public files, the secretariat registers, the Committee admits, the Party replies. */
describe('communications', () => {
  let world: World;
  let ledger: Ledger;
  let conducting: Office;
  let ngo: { id: string; head: Client };
  let party: Client;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    ledger = await Ledger.open(world.api);
    conducting = await office(world);
    ngo = await world.organization('Green Steppe');
    party = await world.delegation('KAZ');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const shown = async (who: Client, id: string): Promise<Shown> =>
    (await who.get(`/v1/communications/${id}`).expect(200)).body as Shown;
  const unseen = (who: Client, id: string) =>
    expectProblem(who.get(`/v1/communications/${id}`), 404, 'not-found');
  const listed = async (who: Client): Promise<string[]> => {
    const { body } = await who.get('/v1/communications', { limit: 200 }).expect(200);
    return (body as { items: Shown[] }).items.map(({ id }) => id);
  };

  it('are nobody’s to see while they are prepared', async () => {
    const id = await begun(ngo.head, { organization: ngo.id });
    const draft = await shown(ngo.head, id);
    expect(draft).toMatchObject({ status: 'drafting', number: null, roles: ['communicant'] });
    expect(draft.actions).toContainEqual({
      action: 'submit',
      allowed: false,
      because: 'intake-incomplete',
      deadline: null,
    });
    for (const who of [conducting.secretariat, conducting.chair, party, world.admin]) {
      await unseen(who, id);
      expect(await listed(who)).not.toContain(id);
    }
    expect(await listed(ngo.head)).toContain(id);
  });

  it('are handed in when the form is filled in and those who file have said who they are', async () => {
    const id = await begun(ngo.head, { organization: ngo.id });
    await world.at('2027-01-12T09:00:00Z');
    const { status, body } = await move(ngo.head, id, 'submit');
    expect([status, (body as { code: string }).code]).toEqual([409, 'intake-incomplete']);
    await filled(ngo.head, id);
    expect((await move(ngo.head, id, 'submit')).status).toBe(200);
    // When it was begun is nobody's to know.
    const seen = await shown(conducting.secretariat, id);
    expect(seen.status).toBe('received');
    expect(seen.openedAt).toMatch(/^2027-01-12T09:/);
    await unseen(conducting.chair, id);
    await unseen(party, id);
    const journal = await conducting.secretariat
      .get(`/v1/communications/${id}/journal`)
      .expect(200);
    const entries = (journal.body as { items: { what: string; compartment: string }[] }).items;
    expect(entries.map(({ what }) => what)).toEqual(['opened', 'moved']);
    const moves = await conducting.secretariat.get(`/v1/communications/${id}/moves`).expect(200);
    expect((moves.body as { items: { move: string }[] }).items.map((each) => each.move)).toEqual([
      'submit',
    ]);
  });

  it('are registered under the next number, and then before the Committee and the Party', async () => {
    const first = await registered(conducting, ngo.head, { organization: ngo.id });
    const second = await registered(conducting, ngo.head, { organization: ngo.id });
    const numbers = [(await shown(party, first)).number, (await shown(party, second)).number];
    const counted = numbers.map((number) => Number(/^ACCC\/C\/2027\/(\d+)$/.exec(number!)![1]));
    expect(counted[1]).toBe(counted[0]! + 1);
    expect((await shown(conducting.chair, first)).roles).toEqual(['chair', 'committee']);
    expect((await shown(conducting.member, first)).roles).toEqual(['committee']);
    const france = await world.delegation('FRA');
    await unseen(france, first);
  });

  it('keep from the Party what was asked and answered before, and when it was begun', async () => {
    const id = await begun(ngo.head, { organization: ngo.id });
    await world.at('2027-01-20T09:00:00Z');
    await filled(ngo.head, id);
    await move(ngo.head, id, 'submit');
    const asked = 'Which of the two is the witness?';
    const at = `/v1/communications/${id}/moves`;
    const { version } = (await conducting.secretariat.get(`/v1/communications/${id}`)).body as {
      version: number;
    };
    await conducting.secretariat
      .post(at, { move: 'ask-for-completion', reason: asked }, { version })
      .expect(200);
    expect(await ngo.head.get(at)).toMatchObject({ text: expect.stringContaining(asked) });
    await move(ngo.head, id, 'complete');
    await move(conducting.secretariat, id, 'register');
    const moves = (await party.get(at).expect(200)).body as { items: { move: string }[] };
    expect(moves.items.map((each) => each.move)).toEqual(['register']);
    const journal = await party.get(`/v1/communications/${id}/journal`).expect(200);
    expect(journal.text).not.toContain(asked);
    const taking = await party.get(`/v1/communications/${id}/participants`).expect(200);
    const { items } = taking.body as { items: { recordedAt: string }[] };
    for (const { recordedAt } of items) expect(recordedAt).toMatch(/^2027-01-20T09:/);
  });

  it('leave no trace for others when they are taken back before that', async () => {
    const id = await begun(ngo.head, { organization: ngo.id });
    await filled(ngo.head, id);
    await move(ngo.head, id, 'submit');
    expect((await move(ngo.head, id, 'take-back')).status).toBe(200);
    await unseen(conducting.chair, id);
    await unseen(party, id);
    expect((await shown(conducting.secretariat, id)).status).toBe('taken-back');
  });

  it('are forgotten when they are given up, names first', async () => {
    const id = await begun(ngo.head, { organization: ngo.id, naming: 'sealed' });
    await filled(ngo.head, id, { naming: 'sealed' });
    expect((await move(ngo.head, id, 'discard')).status).toBe(200);
    const left = await ledger.rows<{ left: number }>(
      `SELECT ((SELECT count(*) FROM casework.intake_paragraph p WHERE p.proceeding_id = $1)
         + (SELECT count(*) FROM casework.communicant c WHERE c.proceeding_id = $1)
         + (SELECT count(*) FROM casework.sealed_name n WHERE n.proceeding_id = $1))::int AS left`,
      [id],
    );
    expect(left[0]!.left).toBe(0);
  });

  it('go on without the Party where that is silent for five months of the calendar', async () => {
    await world.at('2027-08-31T09:00:00Z');
    const id = await forwarded(conducting, ngo.head, { organization: ngo.id });
    const { body } = await party.get(`/v1/communications/${id}/deadlines`).expect(200);
    expect((body as { items: object[] }).items).toMatchObject([
      { key: 'party-response', dueLocal: '2028-01-31T23:59', status: 'pending' },
    ]);
    await world.at('2028-02-01T09:00:00Z');
    expect((await shown(party, id)).status).toBe('examination');
    const moves = await party.get(`/v1/communications/${id}/moves`).expect(200);
    expect((moves.body as { items: object[] }).items.at(-1)).toMatchObject({
      move: 'proceed-on-file',
      by: 'clock',
    });
  });

  it('go on with the Party’s reply, which both sides read', async () => {
    const id = await forwarded(conducting, ngo.head, { organization: ngo.id });
    const begunReply = await party
      .post(`/v1/communications/${id}/documents`, { kind: 'party-response', title: 'Our reply' })
      .expect(201);
    const { id: reply, version } = begunReply.body as { id: string; version: number };
    const uploaded = await party
      .upload(`/v1/documents/${reply}/content`, 'The permit was lawful.', { version })
      .expect(200);
    await party
      .post(`/v1/documents/${reply}/submit`, undefined, {
        version: (uploaded.body as { version: number }).version,
      })
      .expect(200);
    const seen = await ngo.head.get(`/v1/documents/${reply}`).expect(200);
    expect(seen.body).toMatchObject({ side: 'state:KAZ', status: 'submitted' });
    expect((await move(conducting.secretariat, id, 'close-written-phase')).status).toBe(200);
  });

  it('are refused about whom they cannot be about, and of what the procedure does not know', async () => {
    const refused = async (change: object, code: string): Promise<void> => {
      const asked = {
        mechanism: 'aarhus',
        trigger: 'communication',
        party: 'KAZ',
        naming: 'public',
      };
      const { body } = await ngo.head.post('/v1/communications', {
        ...asked,
        test: true,
        ...change,
      });
      expect((body as { code: string }).code).toBe(code);
    };
    await refused({ mechanism: 'upr' }, 'unknown-mechanism');
    // A draft serves rehearsals alone.
    await refused({ test: false }, 'unknown-mechanism');
    await refused({ trigger: 'question' }, 'unknown-trigger');
    await refused({ party: 'XXX' }, 'unknown-state');
    await refused({ party: 'USA' }, 'not-a-party');
    await refused({ trigger: 'submission-about-itself' }, 'wrong-role');
    await refused({ organization: randomUUID() }, 'unknown-side');
    const about = { mechanism: 'aarhus', trigger: 'submission-about-another', naming: 'public' };
    const { body } = await party.post('/v1/communications', { ...about, party: 'KAZ', test: true });
    expect((body as { code: string }).code).toBe('party-mismatched');
  });
});
