import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PublicReader } from '../../platform/database/public-reader.js';
import { StartRefused } from '../../config/start-refused.js';
import { pinFaults, type Pin } from './mechanisms.rules.js';
import { MechanismsService } from './mechanisms.service.js';

/** A version never changes under its number, and the database and the folder have the same. */
@Injectable()
export class CheckPins implements OnApplicationBootstrap {
  constructor(
    private readonly mechanisms: MechanismsService,
    private readonly reader: PublicReader,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const stored = await this.reader.rows<Pin>(
      'SELECT key, version, digest, draft FROM reference.mechanism',
    );
    const pins = this.mechanisms.pins();
    const unknown = pins
      .filter(({ key, version }) => !stored.some((s) => s.key === key && s.version === version))
      .map(({ key, version }) => `${key} version ${version} is new: run bootstrap first`);
    const gone = stored
      .filter(({ key, version }) => !pins.some((p) => p.key === key && p.version === version))
      .map(
        ({ key, version }) => `${key} version ${version} is missing: proceedings may run under it`,
      );
    const faults = [...pinFaults(stored, pins).map(({ message }) => message), ...unknown, ...gone];
    if (faults.length > 0) throw new StartRefused(faults.join('\n'));
  }
}
