import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/queue/jobs.js';
import { FILE_STORE, type FileStore } from '../../platform/storage/file-store.js';

const DAY = 86_400_000;

@Injectable()
export class DocumentsJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly work: UnitOfWork,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  onModuleInit(): void {
    const payload = z.strictObject({});
    this.jobs.add({ name: 'sweep-files', payload, every: DAY / 24, run: () => this.sweep() });
  }

  /** A day later: uploads that broke off or failed, and texts that were replaced. Nothing else. */
  async sweep(before = new Date(Date.now() - DAY)): Promise<void> {
    for await (const key of this.files.staged(before)) {
      if (!(await this.known(key))) await this.files.discard(key);
    }
    const doubtful = await this.work.system('sweep', (tx) =>
      tx.rows<{ key: string; since: string }>(
        `SELECT file_key AS key, since::text FROM casework.file_in_doubt
         WHERE since < $1 LIMIT 1000`,
        [before],
      ),
    );
    for (const { key, since } of doubtful) {
      if (!(await this.known(key))) await this.files.remove(key);
      // Doubted anew meanwhile, it is looked at again.
      const looked = 'DELETE FROM casework.file_in_doubt WHERE file_key = $1 AND since = $2';
      await this.work.system('sweep', (tx) => tx.rows(looked, [key, since]));
    }
  }

  private async known(key: string): Promise<boolean> {
    const row = await this.work.system('sweep', (tx) =>
      tx.row<{ known: boolean }>(
        'SELECT casework.file_known($1) OR casework.file_sealed($1) AS known',
        [key],
      ),
    );
    return row?.known === true;
  }
}
