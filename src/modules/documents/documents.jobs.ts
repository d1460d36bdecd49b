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

  /** Staged files that a day later belong to nothing. */
  private async sweep(): Promise<void> {
    for await (const key of this.files.staged(new Date(Date.now() - DAY))) {
      const known = await this.work.system('sweep', (tx) =>
        tx.row<{ known: boolean }>('SELECT casework.file_known($1) AS known', [key]),
      );
      if (!known?.known) await this.files.discard(key);
    }
  }
}
