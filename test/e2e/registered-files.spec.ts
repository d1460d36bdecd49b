import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

interface Versioned {
  id: string;
  version: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const FILE = 'What we have to say, which is more than the line would carry.';

/** Stakeholders' submissions close on 3 October 2026 at noon (Geneva): late ones are refused. */
describe('a file that is registered before its deadline', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let head: Client;
  let drafter: Client;
  let early: Versioned;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    const watch = await world.organization('A watch');
    head = watch.head;
    drafter = await world.person(watch.side, 'drafter');
    await world.reach(review, 'SVN', 'preparation');
    const { id, version } = await begin('stakeholder-submission');
    early = (await register({ id, version }, sha256(FILE)).expect(200)).body as Versioned;
    await world.at('2026-10-03T09:30:00Z');
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const begin = async (kind = 'joint-submission', who = head): Promise<Versioned> => {
    const url = `/v1/reviews/${review}/documents`;
    return (await who.post(url, { kind, title: 'A file' }).expect(201)).body as Versioned;
  };
  const register = ({ id, version }: Versioned, digest: string, who = head) =>
    who.put(`/v1/documents/${id}/registration`, { sha256: digest }, { version });
  const registered = async (digest: string): Promise<Versioned> => {
    const draft = await begin();
    return (await register(draft, digest).expect(200)).body as Versioned;
  };
  const upload = async ({ id, version }: Versioned, text: string): Promise<Versioned> =>
    (await head.upload(`/v1/documents/${id}/content`, text, { version }).expect(200))
      .body as Versioned;
  const submit = ({ id, version }: Versioned) =>
    head.post(`/v1/documents/${id}/submit`, undefined, { version });

  let waiting: Versioned;
  let other: Versioned;
  let translated: Versioned;
  let forgotten: Versioned;
  it('is registered by who may hand in, by the version that was read, and told until when', async () => {
    const draft = await begin();
    await expectRefused(ledger, register(draft, FILE), 422, 'invalid-content');
    await expectRefused(ledger, register(draft, sha256(FILE), drafter), 409, 'permission-missing');
    await expectRefused(ledger, register({ ...draft, version: 9 }, sha256(FILE)), 412, 'stale');
    const url = `/v1/documents/${draft.id}/registration`;
    const unread = head.put(url, { sha256: sha256(FILE) });
    await expectRefused(ledger, unread, 428, 'version-required');
    await expectRefused(ledger, register(draft, sha256(FILE), world.secretariat), 404, 'not-found');
    const first = await register(draft, sha256('Something else')).expect(200);
    expect(first.body.registration).toMatchObject({ sha256: sha256('Something else') });
    const { body } = await register(first.body as Versioned, sha256(FILE)).expect(200);
    expect(body).toMatchObject({
      version: 3,
      registration: {
        sha256: sha256(FILE),
        registeredAt: expect.stringMatching(/^2026-10-03T09:30:0/),
        until: '2026-10-04T10:00:00Z',
      },
    });
    const { side } = body as { side: string };
    expect((await ledger.journal(review, `desk:${side}`)).at(-1)).toMatchObject({
      what: 'file-registered',
      facts: { documentId: draft.id, kind: 'joint-submission' },
    });
    waiting = body as Versioned;
    other = await registered(sha256(FILE));
    translated = await registered(sha256(FILE));
    forgotten = await registered(sha256(FILE));
  });

  it('is for kinds that have a deadline to miss', async () => {
    const svn = await world.delegation('SVN');
    const report = await begin('national-report', svn);
    await expectRefused(ledger, register(report, sha256(FILE), svn), 409, 'not-offered');
  });

  it('is taken after the deadline as if it had come then, and that very file alone', async () => {
    await world.at('2026-10-03T20:00:00Z');
    await expectRefused(ledger, register(other, sha256('Too late')), 409, 'too-late');
    const sent = await upload(other, `${FILE} And more.`);
    await expectRefused(ledger, submit(sent), 409, 'too-late');
    const here = await upload(waiting, FILE);
    const actions = (here as unknown as { actions: { action: string; allowed: boolean }[] })
      .actions;
    expect(actions.find(({ action }) => action === 'submit')).toMatchObject({ allowed: true });
    const { body } = await submit(here).expect(200);
    expect(body).toMatchObject({ status: 'submitted', late: false });
    expect(body.submittedAt).toMatch(/^2026-10-03T20:00:0/);
    const entries = await ledger.journal(review, `joint:${waiting.id}`);
    expect(entries.find(({ what }) => what === 'document-submitted')).toMatchObject({
      facts: { late: false, registeredAt: expect.stringMatching(/^2026-10-03T09:30:0/) },
    });
    const read = await world.secretariat.get(`/v1/documents/${waiting.id}`).expect(200);
    expect(read.body).toMatchObject({ late: false, registration: null });
    const again = register(body as Versioned, sha256(FILE));
    await expectRefused(ledger, again, 409, 'already-submitted');
  });

  it('is taken as long where it was registered a month before', async () => {
    const until = '2026-10-04T10:00:00Z';
    const here = await upload(early, FILE);
    expect(here).toMatchObject({ registration: { until } });
    const { body } = await submit(here).expect(200);
    expect(body).toMatchObject({ status: 'submitted', late: false });
  });

  it('brings no other language with it that was not sent in time', async () => {
    const sent = await upload(translated, FILE);
    const url = `/v1/documents/${translated.id}/content?language=fr&standing=courtesy`;
    const more = await head
      .upload(url, 'Ce que nous disons.', { version: sent.version })
      .expect(200);
    await expectRefused(ledger, submit(more.body as Versioned), 409, 'too-late');
  });

  it('is too late when the hours are over', async () => {
    const sent = await upload(forgotten, FILE);
    await world.at('2026-10-04T10:00:01Z');
    await expectRefused(ledger, submit(sent), 409, 'too-late');
  });

  it('forgets the digest when the file is withdrawn', async () => {
    const item = { kind: 'document', id: waiting.id };
    const told = { whole: true, ground: 'risk-to-person', reason: 'It names somebody' };
    await world.secretariat.post('/v1/withdrawals', { item, ...told }).expect(201);
    const rows = await ledger.rows('SELECT FROM casework.registration WHERE document_id = $1', [
      waiting.id,
    ]);
    expect(rows).toEqual([]);
  });
});
