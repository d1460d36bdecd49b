import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { ClamavScanner } from '../../src/platform/scanner/clamav.js';
import { World } from '../factories/world.js';
import { describeOnClamav, EICAR, startClamd, type Clamd } from '../setup/clamav.js';
import type { Client } from '../setup/api.js';
import { expectRefused, Ledger } from './ledger.js';

/** A house that has this scanner, and a document of Slovenia's to upload into. */
async function houseWith(clamav: string) {
  const world = await World.build('2026-09-01T09:00:00Z', { COMITY_CLAMAV: clamav });
  const ledger = await Ledger.open(world.api);
  const review = await world.review('SVN');
  const slovenia = await world.delegation('SVN');
  const body = { kind: 'national-report', title: 'A report' };
  const begun = await slovenia.post(`/v1/reviews/${review}/documents`, body).expect(201);
  return { world, ledger, slovenia, url: `/v1/documents/${begun.body.id as string}/content` };
}

describe('uploads that a scanner should see', () => {
  it('are not taken while it cannot be asked', async () => {
    const { world, ledger, slovenia, url } = await houseWith('unix:/nowhere/clamd.ctl');
    const call = slovenia.upload(url, 'Words.', { version: 1 });
    await expectRefused(ledger, call, 503, 'unavailable');
    await ledger.close();
    await world.stop();
  });
});

await describeOnClamav('uploads that ClamAV sees', () => {
  let clamd: Clamd;
  let world: World;
  let ledger: Ledger;
  let slovenia: Client;
  let url: string;
  beforeAll(async () => {
    clamd = await startClamd(async (socket) => {
      if (!existsSync(socket)) return false;
      const scanner = new ClamavScanner(`unix:${socket}`, pino({ enabled: false }));
      return scanner.scan(Readable.from([Buffer.from('ready?')])).then(
        () => true,
        () => false,
      );
    });
    ({ world, ledger, slovenia, url } = await houseWith(`unix:${clamd.socket}`));
  });
  afterAll(async () => {
    await ledger?.close();
    await world?.stop();
    await clamd?.stop();
  });

  it('are taken when they are clean, and refused by name when they are not', async () => {
    const call = slovenia.upload(url, EICAR, { version: 1 });
    await expectRefused(ledger, call, 422, 'malware-found');
    await slovenia.upload(url, 'Words.', { version: 1 }).expect(200);
  });
});
