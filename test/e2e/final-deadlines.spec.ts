import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { begun, submit, upload, type Shown } from './filing.js';
import { expectRefused, Ledger } from './ledger.js';

/** What an organization hands in until noon of 3 October 2026, and not after it. */
describe('where a deadline is final', () => {
  let world: World;
  let ledger: Ledger;
  let review: string;
  let watch: Client;
  let first: Shown;
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    review = await world.review('SVN');
    watch = (await world.organization('Watch')).head;
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  const drafted = async (kind: string, text: string) =>
    upload(watch, await begun(watch, review, kind), text);
  const corrigendum = async (text: string): Promise<Shown> => {
    const url = `/v1/documents/${first.id}`;
    const { body: now } = await watch.get(url).expect(200);
    const match = { version: (now as Shown).version };
    const { body } = await watch.post(`${url}/versions`, { reason: 'A figure' }, match).expect(201);
    return upload(watch, body as Shown, text);
  };
  const handIn = (who: Client, { id, version }: Shown) =>
    who.post(`/v1/documents/${id}/submit`, undefined, { version });
  const offered = async ({ id }: Shown) => {
    const { body } = await watch.get(`/v1/documents/${id}`).expect(200);
    const { actions } = body as { actions: { action: string; because: string | null }[] };
    return actions.find(({ action }) => action === 'submit')?.because;
  };

  it('an organization hands in one submission of its own, and joint ones beside it', async () => {
    first = await submit(watch, await drafted('stakeholder-submission', 'Many wait.'));
    const second = await drafted('stakeholder-submission', 'And more.');
    expect(await offered(second)).toBe('already-exists');
    const facts = { kind: 'stakeholder-submission', documentId: first.id };
    await expectRefused(ledger, handIn(watch, second), 409, 'already-exists', { facts });
    for (const text of ['We wait together.', 'We ask together.']) {
      await submit(watch, await drafted('joint-submission', text));
    }
    const { head } = await world.organization('Lex');
    await world.file(head, review, { kind: 'stakeholder-submission' });
  });

  it('corrigenda come in time too', async () => {
    await submit(watch, await corrigendum('Very many wait.'));
    const late = await corrigendum('All wait.');
    await world.at('2026-10-03T10:01:00Z');
    expect(await offered(late)).toBe('too-late');
    const facts = { due: '2026-10-03T10:00:00.000Z', dueLocal: '2026-10-03T12:00' };
    await expectRefused(ledger, handIn(watch, late), 409, 'too-late', {
      facts: { ...facts, zone: 'Europe/Zurich', arrived: expect.any(String) },
    });
  });
});
