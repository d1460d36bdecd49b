import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { begun, filled, move } from '../factories/aarhus.js';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectProblem, expectRefused, Ledger } from './ledger.js';

/** What is wrong is refused with what would mend it, and nothing of it is kept. */
describe('the form of a communication', () => {
  let world: World;
  let ledger: Ledger;
  let filer: Client;
  let id: string;
  let at: string;
  beforeAll(async () => {
    world = await World.build('2027-01-10T09:00:00Z');
    ledger = await Ledger.open(world.api);
    const ngo = await world.organization('Green Steppe');
    filer = ngo.head;
    id = await begun(filer, { organization: ngo.id });
    at = `/v1/communications/${id}`;
  }, 60_000);
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
  });

  const words = (text: string, more: object = {}) => ({ paragraphs: [{ text, ...more }] });

  it('is changed on the version that was read, in the fields that it has', async () => {
    const facts = `${at}/intake/fields/facts`;
    await expectRefused(ledger, filer.put(facts, words('A')), 428, 'version-required');
    const stale = filer.put(facts, words('A'), { version: 9 });
    await expectRefused(ledger, stale, 412, 'stale');
    const unknown = filer.put(`${at}/intake/fields/weather`, words('A'), { version: 1 });
    await expectRefused(ledger, unknown, 422, 'unknown-intake-field');
    for (const wrong of [
      words(''),
      words('x'.repeat(10_001)),
      words('A', { inConfidence: { ground: 'because' } }),
      { paragraphs: Array.from({ length: 201 }, () => ({ text: 'A' })) },
    ]) {
      await expectRefused(ledger, filer.put(facts, wrong, { version: 1 }), 422, 'invalid-content');
    }
    const more = filer.put(facts, { ...words('A'), secret: true }, { version: 1 });
    await expectRefused(ledger, more, 400, 'unknown-field');
  });

  it('names at least one, to an audience that there is', async () => {
    const people = `${at}/communicants`;
    const one = [{ kind: 'person', name: 'A. Person' }];
    for (const wrong of [
      { naming: 'public', communicants: [] },
      { naming: 'some', communicants: one },
      { naming: 'public', communicants: [{ kind: 'ghost', name: 'A' }] },
      { naming: 'public', communicants: [{ kind: 'person', name: 'Two\nlines' }] },
    ]) {
      await expectRefused(ledger, filer.put(people, wrong, { version: 1 }), 422, 'invalid-content');
    }
  });

  it('is nobody else’s to find, and is not to be changed when it was handed in', async () => {
    const party = await world.delegation('KAZ');
    const call = party.put(`${at}/intake/fields/facts`, words('A'), { version: 1 });
    await expectRefused(ledger, call, 404, 'not-found');
    await filled(filer, id);
    const { body } = await filer.get(`${at}/intake`).expect(200);
    const { version } = body as { version: number };
    expect((await move(filer, id, 'submit')).status).toBe(200);
    const late = filer.put(`${at}/intake/fields/facts`, words('A'), { version });
    await expectRefused(ledger, late, 409, 'already-submitted');
  });

  it('holds no more words than its limit: too many are counted, and not handed in', async () => {
    const another = await begun(filer);
    await filled(filer, another);
    const url = `/v1/communications/${another}/intake`;
    const { body } = await filer.get(url).expect(200);
    const paragraphs = Array.from({ length: 4 }, () => ({ text: 'word '.repeat(1600) }));
    const { version } = body as { version: number };
    await filer.put(`${url}/fields/facts`, { paragraphs }, { version }).expect(200);
    const { status, body: refused } = await move(filer, another, 'submit');
    expect([status, (refused as { code: string }).code]).toEqual([422, 'over-word-limit']);
  });

  it('is no review, wherever it is looked for', async () => {
    await expectProblem(filer.get(`/v1/reviews/${id}`), 404, 'not-found');
  });
});
