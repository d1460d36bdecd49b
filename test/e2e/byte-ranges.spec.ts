import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

/** What is public is asked for in parts in `record.spec.ts`. */
describe('private files', () => {
  let world: World;
  let ledger: Ledger;
  let slovenia: Client;
  let report: { id: string; version: number };
  beforeAll(async () => {
    world = await World.build('2026-09-01T09:00:00Z');
    ledger = await Ledger.open(world.api);
    const review = await world.review('SVN');
    slovenia = await world.delegation('SVN');
    const begun = { kind: 'national-report', title: 'A report' };
    report = (await slovenia.post(`/v1/reviews/${review}/documents`, begun).expect(201)).body;
    const url = `/v1/documents/${report.id}/content`;
    await slovenia.upload(url, 'Words, and words.', report).expect(200);
  });
  afterAll(async () => {
    await ledger.close();
    await world.stop();
  });

  it('are read in parts, as long as they are what they were', async () => {
    const content = () => slovenia.get(`/v1/documents/${report.id}/content`);
    const whole = await content().expect(200);
    expect(whole.headers).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
    });
    const etag = whole.headers['etag']!;
    const part = await content().set({ range: 'bytes=7-9', 'if-range': etag }).expect(206);
    expect(part.text).toBe('and');
    expect(part.headers).toMatchObject({
      'content-range': 'bytes 7-9/17',
      'content-length': '3',
      'repr-digest': whole.headers['repr-digest'],
    });
    const changed = await content().set({ range: 'bytes=7-9', 'if-range': '"other"' }).expect(200);
    expect(changed.text).toBe('Words, and words.');
    const beyond = content().set('range', 'bytes=17-');
    await expectRefused(ledger, beyond, 416, 'range-not-satisfiable', {
      facts: { bytes: 17 },
    });
  });
});
