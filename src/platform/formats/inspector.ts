import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { pathToFileURL } from 'node:url';
import type { Logger } from 'pino';
import { inProject } from '../../config/project-root.js';
import { LOG } from '../log/log.js';
import { Refused } from '../refused.js';
import type { InspectAnswer, InspectJob } from './inspect-thread.js';
import type { Inspected } from './inspect.js';
import type { SheetRead } from '../workbook/sheet.js';
import { MEDIA_TYPES, XLSX } from './media-types.js';
import { ThreadEnded, ThreadPool, type PoolLimits } from './thread-pool.js';

const LIMITS: PoolLimits = {
  threads: 2,
  waiting: 16,
  deadline: 30_000,
  idle: 10_000,
  heap: 192,
  growth: 512,
};

/** Threads run what is compiled, also where the sources themselves are run: in the tests. */
const INSPECT_THREAD = import.meta.url.endsWith('.ts')
  ? pathToFileURL(inProject('dist/src/platform/formats/inspect-thread.js'))
  : new URL('./inspect-thread.js', import.meta.url);

/** Reads a file into memory of its own, when its turn has come. */
type Load = () => Promise<Uint8Array<ArrayBuffer>>;

/** Has files looked through in threads of their own, so that nobody else waits for one. */
@Injectable()
export class Inspector implements OnApplicationShutdown {
  private readonly pool = new ThreadPool<InspectJob, InspectAnswer>(INSPECT_THREAD, LIMITS);

  constructor(@Inject(LOG) private readonly log: Logger) {}

  onApplicationShutdown(): Promise<void> {
    return this.pool.close();
  }

  /**
   * @param load the file, in memory that is handed over to the thread
   * @param declared the media type under which it was sent
   * @throws Refused with what is wrong with the file, or `unavailable` where too many wait
   */
  async inspect(load: Load, declared: string): Promise<Inspected> {
    const answer = await this.run(load, { document: declared });
    if ('inspected' in answer) return answer.inspected;
    throw this.refused(answer, MEDIA_TYPES);
  }

  /**
   * A sheet that comes back, as `writeWorkbook` made it.
   *
   * @throws Refused with what is wrong with the file, or `unavailable` where too many wait
   */
  async readSheet(load: Load): Promise<SheetRead> {
    const answer = await this.run(load, 'sheet');
    if ('sheet' in answer) return answer.sheet;
    throw this.refused(answer, [XLSX]);
  }

  private run(load: Load, as: InspectJob['as']): Promise<InspectAnswer> {
    return this.pool
      .run(async () => {
        const bytes = await load();
        return { job: { bytes, as }, transfer: [bytes.buffer] };
      })
      .catch((error: unknown) => {
        throw this.refusalOf(error);
      });
  }

  private refused(answer: InspectAnswer, allowed: readonly string[]): unknown {
    if (!('code' in answer)) return new Error('a thread answered something else');
    const { code, facts, fault } = answer;
    if (fault !== undefined) this.log.warn({ code, fault }, 'a file could not be read');
    return new Refused(code, { ...facts, ...(code === 'unsupported-type' && { allowed }) });
  }

  private refusalOf(error: unknown): unknown {
    if (!(error instanceof ThreadEnded)) return error;
    const { because } = error;
    if (because === 'queue' || because === 'close') return new Refused('unavailable');
    this.log.warn({ because }, 'a file was too much for its thread');
    return new Refused('document-too-complex', { because });
  }
}
