import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { World } from '../factories/world.js';
import { begun, upload, type Shown } from './filing.js';
import {
  answer,
  ask,
  draft,
  handIn,
  partnersFor,
  signatories,
  told,
  type Organization,
} from './joint.js';
import { expectRefused, Ledger } from './ledger.js';

const FILE = 'What we saw together, at length.';
const sha256 = createHash('sha256').update(FILE).digest('hex');
const UNTIL = '2026-10-04T10:00:00';

/** A joint submission whose file comes late because its line is bad: its partners come with it. */
describe('a joint submission whose file was registered in time', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let lead: Organization;
  let partner: Organization;
  let silent: Organization;
  let other: Organization;
  beforeAll(async () => {
    world = await World.build('2026-10-03T09:30:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    lead = await world.organization('Lead House');
    partner = await world.organization('Partner House');
    silent = await world.organization('Silent House');
    other = await world.organization('Other House');
    await world.reach(review, 'SVN', 'preparation');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const versionFor = async (id: string) => (await partnersFor(lead.head, id)).version;
  const register = async (id: string): Promise<void> => {
    const version = await versionFor(id);
    await lead.head.put(`/v1/documents/${id}/registration`, { sha256 }, { version }).expect(200);
  };
  const send = async (shown: Shown): Promise<Shown> =>
    upload(lead.head, { ...shown, version: await versionFor(shown.id) }, FILE);

  let joint: Shown;
  let early: Shown;
  it('gives its partners as long as the file may take, and tells them', async () => {
    joint = await draft(lead.head, review);
    for (const each of [partner, silent]) await ask(lead.head, joint.id, each);
    await answer(partner.head, joint.id, 'accept');
    await register(joint.id);
    // Who is asked after the registration has as long.
    await ask(lead.head, joint.id, other);
    for (const who of [lead, partner, silent, other]) {
      const { acceptedUntil } = await partnersFor(who.head, joint.id);
      expect(acceptedUntil).toMatch(UNTIL);
    }
    const { body } = await silent.head.get('/v1/me/duties').expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        deadline: 'joint-acceptance',
        due: expect.stringMatching(UNTIL) as unknown,
        dueLocal: '2026-10-04T12:00',
      }),
    );
    expect((await ledger.journal(review, `desk:${silent.side}`)).at(-1)).toMatchObject({
      what: 'acceptance-extended',
      facts: { documentId: joint.id, until: expect.stringMatching(UNTIL) as unknown },
    });
  });

  it('gives them no more than others have where it came before the deadline after all', async () => {
    early = await begun(lead.head, review, 'joint-submission');
    await ask(lead.head, early.id, silent);
    await register(early.id);
    await send(early);
    await handIn(lead.head, early.id);
    const { acceptedUntil } = await partnersFor(silent.head, early.id);
    expect(acceptedUntil).toBe('2026-10-03T10:00:00.000Z');
  });

  it('keeps them beyond the deadline: asked anew of the file that came, they accept it', async () => {
    await world.at('2026-10-03T20:00:00Z');
    const statuses = {
      'Partner House': 'accepted',
      'Silent House': 'asked',
      'Other House': 'asked',
    };
    expect(await told(lead.head, joint.id)).toEqual(statuses);
    expect(await told(lead.head, early.id)).toEqual({ 'Silent House': 'lapsed' });
    await send(joint);
    expect(await told(lead.head, joint.id)).toEqual({ ...statuses, 'Partner House': 'asked' });
    expect((await answer(partner.head, joint.id, 'accept')).status).toBe(200);
    await handIn(lead.head, joint.id);
    expect((await answer(other.head, joint.id, 'accept')).status).toBe(200);
    expect(await told(world.secretariat, joint.id)).toEqual({
      'Partner House': 'accepted',
      'Other House': 'accepted',
    });
  });

  it('lets those go who have not accepted when that time is over, and no sooner', async () => {
    const { version } = await partnersFor(silent.head, joint.id);
    await world.at('2026-10-04T10:01:00Z');
    const url = signatories(joint.id, '/answer');
    const late = silent.head.post(url, { answer: 'accept' }, { version });
    await expectRefused(ledger, late, 404, 'not-found');
    expect(await told(lead.head, joint.id)).toMatchObject({
      'Partner House': 'accepted',
      'Silent House': 'lapsed',
    });
    const lapses = (await ledger.journal(review, `desk:${silent.side}`)).filter(
      ({ what, facts }) => what === 'partner-lapsed' && facts['documentId'] === joint.id,
    );
    expect(lapses).toMatchObject([{ by: 'clock', at: expect.stringMatching(UNTIL) as unknown }]);
  });
});
