import { Inject, Injectable } from '@nestjs/common';
import { lstat, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { Environment } from '../../config/environment.js';
import { LOG } from '../../platform/log/log.js';
import { SettleLetters } from '../deliveries/index.js';
import { readBounce } from './bounces.rules.js';

/** At most so many at a time; the others wait for the next. */
const MOST = 200;
/** Bytes of a notification; longer ones are none. */
const LONGEST = 1_000_000;

/** Mail that came back after it was taken: a folder (Maildir) that the mail server delivers to. */
@Injectable()
export class ReceiveBounces {
  constructor(
    private readonly letters: SettleLetters,
    private readonly environment: Environment,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Reads what is new, and puts it away. */
  async receive(): Promise<void> {
    const folder = this.environment.bouncesDir;
    if (folder === undefined) return;
    await mkdir(path.join(folder, 'cur'), { recursive: true });
    await mkdir(path.join(folder, 'new'), { recursive: true });
    const names = await readdir(path.join(folder, 'new'));
    for (const name of names.toSorted().slice(0, MOST)) {
      await this.take(path.join(folder, 'new', name));
      // Read and seen, as Maildir says it; again where the process ended before: that changes nothing.
      await rename(path.join(folder, 'new', name), path.join(folder, 'cur', `${name}:2,S`));
    }
  }

  /** What a file says stays out of the log: it names people. */
  private async take(file: string): Promise<void> {
    const bounce = await this.read(file);
    const known = bounce !== null && (await this.letters.bounced(bounce.letterId, bounce.answer));
    if (!known) this.log.warn({ file: path.basename(file) }, 'no letter of ours came back');
  }

  private async read(file: string) {
    const kind = await lstat(file);
    if (!kind.isFile() || kind.size > LONGEST) return null;
    const raw = await readFile(file);
    return readBounce(raw).catch(() => null);
  }
}
