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

  /** Files that a day later belong to nothing: uploads that broke off, texts that were replaced. */
  async sweep(before = new Date(Date.now() - DAY)): Promise<void> {
    for await (const key of this.files.staged(before)) {
      if (!(await this.known(key))) await this.files.discard(key);
    }
    for await (const key of this.files.kept(before)) {
      if (!(await this.known(key))) await this.files.remove(key);
    }
  }

  private async known(key: string): Promise<boolean> {
    const row = await this.work.system('sweep', (tx) =>
      tx.row<{ known: boolean }>('SELECT casework.file_known($1) AS known', [key]),
    );
    return row?.known === true;
  }
}
