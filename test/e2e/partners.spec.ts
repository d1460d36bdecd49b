import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { begun, upload, type Shown } from './filing.js';
import {
  AFTER,
  answer,
  ask,
  draft,
  handIn,
  IN_TIME,
  partnersFor,
  signatories,
  takeOff,
  told,
  type Organization,
} from './joint.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

/** Organizations that file together: who is asked, who accepts, and who falls away. */
describe('a joint submission', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let lead: Organization;
  let partner: Organization;
  let silent: Organization;
  let other: Organization;
  beforeAll(async () => {
    world = await World.build(IN_TIME);
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    lead = await world.organization('Lead House');
    partner = await world.organization('Partner House');
    silent = await world.organization('Silent House');
    other = await world.organization('Other House');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const document = (who: Client, id: string) => who.get(`/v1/documents/${id}`);
  const versionFor = async (who: Client, id: string) => (await partnersFor(who, id)).version;

  it('is shown to whom the lead asks, and nothing else of the lead’s', async () => {
    const joint = await draft(lead.head, review);
    const apart = await draft(lead.head, review, 'Of the lead alone');
    await expectProblem(document(partner.head, joint.id), 404, 'not-found');
    await expectProblem(partner.head.get(signatories(joint.id)), 404, 'not-found');
    expect((await ask(lead.head, joint.id, partner)).status).toBe(201);
    const seen = await partnersFor(partner.head, joint.id);
    expect(seen).toMatchObject({
      title: 'Together',
      lead: { side: lead.side, name: 'Lead House' },
      status: 'draft',
      acceptedUntil: '2026-10-03T10:00:00.000Z',
      partners: [{ organization: partner.side, status: 'asked', namedTo: [] }],
    });
    const content = await partner.head.get(`/v1/documents/${joint.id}/content`).expect(200);
    expect(content.text ?? String(content.body)).toBe('What we saw.');
    const original = { which: 'original' };
    await partner.head.get(`/v1/documents/${joint.id}/content`, original).expect(404);
    const list = await partner.head.get(`/v1/reviews/${review}/documents`).expect(200);
    expect((list.body as { items: Shown[] }).items.map(({ id }) => id)).toEqual([joint.id]);
    await expectProblem(document(partner.head, apart.id), 404, 'not-found');
    for (const who of [silent.head, world.secretariat, await world.delegation('SVN')]) {
      await expectProblem(document(who, joint.id), 404, 'not-found');
    }
    const owed = await partner.head.get('/v1/me/duties').expect(200);
    expect((owed.body as { items: object[] }).items).toContainEqual(
      expect.objectContaining({
        deadline: 'joint-acceptance',
        as: 'partner',
        proceedingId: review,
      }),
    );
    const rows = await ledger.rows<{ compartment: string }>(
      'SELECT compartment FROM casework.partner WHERE document_id = $1',
      [joint.id],
    );
    const desks = [`desk:${lead.side}`, `desk:${partner.side}`].toSorted();
    expect(rows.map(({ compartment }) => compartment).toSorted()).toEqual(desks);
    for (const desk of desks) {
      const last = (await ledger.journal(review, desk)).at(-1)!;
      expect(last).toMatchObject({ what: 'partner-named', facts: { documentId: joint.id } });
    }
  });

  it('counts a partner that accepted the text, and asks again when it changes', async () => {
    const joint = await draft(lead.head, review);
    await ask(lead.head, joint.id, partner);
    const stale = await versionFor(partner.head, joint.id);
    await upload(lead.head, { ...joint, version: await versionFor(lead.head, joint.id) }, 'More.');
    const old = { answer: 'accept' };
    const url = signatories(joint.id, '/answer');
    await expectRefused(ledger, partner.head.post(url, old, { version: stale }), 412, 'stale');
    const { body } = await answer(partner.head, joint.id, 'accept');
    expect(body).toMatchObject({ status: 'accepted', namedTo: ['secretariat', 'public'] });
    expect(body.version).toBe(await versionFor(partner.head, joint.id));
    expect((await partnersFor(lead.head, joint.id)).partners).toMatchObject([
      { name: 'Partner House', status: 'accepted', namedTo: ['secretariat', 'public'] },
    ]);
    await upload(lead.head, { ...joint, version: await versionFor(lead.head, joint.id) }, 'Other.');
    expect(await told(lead.head, joint.id)).toEqual({ 'Partner House': 'asked' });
    expect((await partnersFor(lead.head, joint.id)).partners[0]!.namedTo).toEqual([]);
    await handIn(lead.head, joint.id);
    expect(await told(world.secretariat, joint.id)).toEqual({});
    expect((await answer(partner.head, joint.id, 'accept')).status).toBe(200);
    expect(await told(world.secretariat, joint.id)).toEqual({ 'Partner House': 'accepted' });
  });

  it('goes without whoever declines, or is taken off, at once', async () => {
    const joint = await draft(lead.head, review);
    for (const each of [partner, silent]) await ask(lead.head, joint.id, each);
    expect((await answer(partner.head, joint.id, 'decline')).body).toMatchObject({
      status: 'declined',
    });
    expect((await takeOff(lead.head, joint.id, silent)).status).toBe(200);
    for (const who of [partner.head, silent.head]) {
      await expectProblem(document(who, joint.id), 404, 'not-found');
      await expectProblem(who.get(signatories(joint.id)), 404, 'not-found');
    }
    expect(await told(lead.head, joint.id)).toEqual({
      'Partner House': 'declined',
      'Silent House': 'removed',
    });
    // Asked anew, it reads the draft again.
    expect((await ask(lead.head, joint.id, silent)).status).toBe(201);
    expect(await told(silent.head, joint.id)).toEqual({ 'Silent House': 'asked' });
  });

  it('refuses what cannot be, and changes nothing', async () => {
    const joint = await draft(lead.head, review);
    await ask(lead.head, joint.id, partner);
    const version = await versionFor(lead.head, joint.id);
    const naming = (organization: string, who = lead.head, change: object = { version }) =>
      who.post(signatories(joint.id), { organization }, change);
    await expectRefused(ledger, naming(lead.id), 409, 'not-your-own');
    await expectRefused(ledger, naming(partner.id), 409, 'already-exists');
    await expectRefused(ledger, naming(randomUUID()), 422, 'unknown-side');
    await expectRefused(ledger, naming('nobody'), 422, 'invalid-content');
    await expectRefused(ledger, naming(silent.id, lead.head, {}), 428, 'version-required');
    const before = { version: version - 1 };
    await expectRefused(ledger, naming(silent.id, lead.head, before), 412, 'stale');
    await expectRefused(ledger, naming(silent.id, silent.head), 404, 'not-found');
    const theirs = { version: await versionFor(partner.head, joint.id) };
    await expectRefused(ledger, naming(silent.id, partner.head, theirs), 409, 'wrong-role');
    await expectRefused(ledger, naming(silent.id, world.api.as()), 401, 'unauthenticated');
    const off = (organization: string, who = lead.head, change: object = { version }) =>
      who.post(signatories(joint.id, '/removal'), { organization }, change);
    await expectRefused(ledger, off(silent.id), 422, 'unknown-side');
    await expectRefused(ledger, off(partner.id, partner.head, theirs), 409, 'wrong-role');
    await expectRefused(ledger, off(partner.id, lead.head, before), 412, 'stale');
    await expectRefused(ledger, off(partner.id, lead.head, {}), 428, 'version-required');
    const say = (given: object, who = partner.head, change: object = theirs) =>
      who.post(signatories(joint.id, '/answer'), given, change);
    await expectRefused(ledger, say({ answer: 'leave' }), 409, 'too-early');
    await expectRefused(ledger, say({ answer: 'seal' }), 409, 'too-early');
    await expectRefused(ledger, say({ answer: 'maybe' }), 422, 'invalid-content');
    const sealed = say({ answer: 'decline', sealed: true });
    await expectRefused(ledger, sealed, 422, 'invalid-content');
    const own = say({ answer: 'accept' }, lead.head, { version });
    await expectRefused(ledger, own, 409, 'wrong-role');
    await answer(partner.head, joint.id, 'accept');
    const again = await answer(partner.head, joint.id, 'accept');
    expect(again.body).toMatchObject({ code: 'already-given' });
    await handIn(lead.head, joint.id);
    const late = { version: await versionFor(lead.head, joint.id) };
    await expectRefused(ledger, naming(silent.id, lead.head, late), 409, 'already-submitted');
  });

  it('is asked for where it is offered alone, with a text, and by so many', async () => {
    const single = await begun(lead.head, review, 'stakeholder-submission');
    const { id, version } = single;
    const naming = lead.head.post(signatories(id), { organization: partner.id }, { version });
    await expectRefused(ledger, naming, 409, 'not-offered');
    const none = await partnersFor(lead.head, id);
    expect(none.partners).toEqual([]);
    expect(new Set(none.actions.map(({ because }) => because))).toEqual(new Set(['not-offered']));
    const empty = await begun(lead.head, review, 'joint-submission');
    await ask(lead.head, empty.id, partner);
    const body = (await answer(partner.head, empty.id, 'accept')).body as object;
    expect(body).toMatchObject({ code: 'content-missing' });
  });

  it('repeats a naming and an answer under the same key once', async () => {
    const joint = await draft(lead.head, review);
    const version = await versionFor(lead.head, joint.id);
    const key = { version, key: randomUUID() };
    const url = signatories(joint.id);
    const first = await lead.head.post(url, { organization: partner.id }, key).expect(201);
    const again = await lead.head.post(url, { organization: partner.id }, key).expect(201);
    expect(again.body).toEqual(first.body);
    const shown = { version: await versionFor(partner.head, joint.id), key: randomUUID() };
    const accept = { answer: 'accept' };
    const said = await partner.head.post(`${url}/answer`, accept, shown).expect(200);
    expect((await partner.head.post(`${url}/answer`, accept, shown).expect(200)).body).toEqual(
      said.body,
    );
    expect(await told(lead.head, joint.id)).toEqual({ 'Partner House': 'accepted' });
  });

  it('stays when the deadline comes; who has not accepted falls away, once', async () => {
    const joint = await draft(lead.head, review, 'To the deadline');
    const open = await draft(lead.head, review, 'Never handed in');
    for (const each of [partner, silent]) await ask(lead.head, joint.id, each);
    await ask(lead.head, open.id, other);
    await answer(partner.head, joint.id, 'accept');
    await handIn(lead.head, joint.id);
    const version = await versionFor(silent.head, joint.id);
    const theirs = await versionFor(other.head, open.id);
    await world.at('2026-10-03T10:00:05Z');
    // The deadline has passed, whenever the sweep comes.
    const accept = (who: Client, id: string, at: number) =>
      who.post(signatories(id, '/answer'), { answer: 'accept' }, { version: at });
    await expectRefused(ledger, accept(silent.head, joint.id, version), 409, 'too-late');
    await expectRefused(ledger, accept(other.head, open.id, theirs), 409, 'too-late');
    const actions = (await partnersFor(silent.head, joint.id)).actions;
    expect(actions.find(({ action }) => action === 'accept')).toMatchObject({
      because: 'too-late',
    });
    await world.at(AFTER);
    await expectProblem(document(silent.head, joint.id), 404, 'not-found');
    await expectProblem(document(other.head, open.id), 404, 'not-found');
    expect(await told(lead.head, joint.id)).toEqual({
      'Partner House': 'accepted',
      'Silent House': 'lapsed',
    });
    const { body } = await document(lead.head, joint.id).expect(200);
    expect(body).toMatchObject({ status: 'submitted' });
    const lapses = (await ledger.journal(review, `desk:${silent.side}`)).filter(
      ({ what, facts }) => what === 'partner-lapsed' && facts.documentId === joint.id,
    );
    expect(lapses).toMatchObject([{ by: 'clock', at: '2026-10-03T10:00:00.000Z' }]);
    await world.at('2026-10-04T10:00:00Z');
    expect(await told(world.secretariat, joint.id)).toEqual({ 'Partner House': 'accepted' });
  });

  it('is published with the names of those who stand', async () => {
    await world.reach(review, 'SVN', 'documented');
    const { body } = await world.api.as().get('/v1/record/documents', { limit: 200 }).expect(200);
    const items = (body as { items: { title: string; partners?: object[] }[] }).items;
    const published = items.find(({ title }) => title === 'To the deadline');
    expect(published?.partners).toEqual([{ side: partner.side, name: 'Partner House' }]);
  });
});
