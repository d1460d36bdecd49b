import { constants } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * A file of JSON lines that only grows. What was appended is on disk when `append` answers;
 * several processes may append to the same file. A line that a crash cut short stands alone and
 * is passed over: whoever wrote it never had an answer.
 */
export class LineFile {
  constructor(private readonly path: string) {}

  async append(value: object): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY;
    const file = await open(this.path, flags, 0o600);
    try {
      // The leading line feed ends whatever somebody else left unfinished.
      await file.write(`\n${JSON.stringify(value)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    const folder = await open(dirname(this.path), constants.O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** Every line that can be read, in order, and how many could not; none where there is no file. */
  async read(): Promise<{ readonly lines: unknown[]; readonly unreadable: number }> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const lines: unknown[] = [];
    let unreadable = 0;
    for (const line of text.split('\n')) {
      if (line === '') continue;
      try {
        lines.push(JSON.parse(line));
      } catch {
        unreadable += 1;
      }
    }
    return { lines, unreadable };
  }
}
