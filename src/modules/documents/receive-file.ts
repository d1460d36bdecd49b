import { Inject, Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { Environment } from '../../config/environment.js';
import type { Inspected } from '../../platform/formats/inspect.js';
import { Inspector } from '../../platform/formats/inspector.js';
import { MEDIA_TYPES, XLSX } from '../../platform/formats/media-types.js';
import type { ArrivedRequest } from '../../platform/http/request.js';
import { Refused, raise } from '../../platform/refused.js';
import { Scanner } from '../../platform/scanner/scanner.js';
import { checkReprDigest, parseReprDigest } from '../../platform/storage/digest.js';
import type { SheetRead } from '../../platform/workbook/sheet.js';
import {
  FILE_STORE,
  FileTooLarge,
  type FileStore,
  type StagedFile,
} from '../../platform/storage/file-store.js';

/** What may be said of a file; the last says nothing. */
const UNSAID = 'application/octet-stream';
const DECLARABLE = [...MEDIA_TYPES, UNSAID];
const SHEETS = [XLSX, UNSAID];
/** A copy can be larger than what it was made of, for it is packed anew; not without end. */
const MOST_COPIED = 200_000_000;

/** @throws Refused `unsupported-media-type` for a type that no file can be */
export function assertDeclarable(type: string, declarable: readonly string[] = DECLARABLE): void {
  if (declarable.includes(type)) return;
  throw new Refused('unsupported-media-type', { allowed: declarable });
}

/** Bytes on their way in, and what is said of them. */
export type Sent = Pick<ArrivedRequest, 'headers' | 'body'>;

/** A file that was looked through: as it was sent, and the copy that others get. */
export interface Received {
  readonly sent: StagedFile;
  /** The same file where there was nothing to take out. */
  readonly copy: StagedFile;
  readonly inspected: Inspected;
}

/** The keys of what is stored of it. */
export const keysOf = ({ sent, copy }: Pick<Received, 'sent' | 'copy'>): string[] => [
  ...new Set([sent.key, copy.key]),
];

/** Takes the bytes of a request in: staged, scanned, looked through, and copied for others. */
@Injectable()
export class ReceiveFile {
  constructor(
    private readonly environment: Environment,
    private readonly inspector: Inspector,
    private readonly scanner: Scanner,
    @Inject(FILE_STORE) private readonly files: FileStore,
  ) {}

  /** @throws Refused with what is wrong with the file, of which nothing stays then */
  async run(request: Sent): Promise<Received> {
    const sent = await this.stage(request, DECLARABLE);
    try {
      return await this.lookThrough(sent, request);
    } catch (error) {
      await this.files.discard(sent.key);
      throw error;
    }
  }

  /**
   * A worklist that comes back, of which no file is kept.
   *
   * @throws Refused with what is wrong with it
   */
  async sheet(request: Sent): Promise<SheetRead> {
    const sent = await this.stage(request, SHEETS);
    try {
      raise(checkReprDigest(announcedDigest(request), sent.sha256));
      await this.scanner.scan(await this.files.open(sent.key));
      return await this.inspector.readSheet(() => this.load(sent));
    } finally {
      await this.files.discard(sent.key);
    }
  }

  async keep(received: Received): Promise<void> {
    for (const key of keysOf(received)) await this.files.keep(key);
  }

  /** Only what is still staged: once kept, a commit may have named it, and the sweep will know. */
  async discard(received: Received): Promise<void> {
    for (const key of keysOf(received)) await this.files.discard(key);
  }

  private async stage(request: Sent, declarable: readonly string[]): Promise<StagedFile> {
    assertDeclarable(declaredType(request), declarable);
    const announced = parseReprDigest(announcedDigest(request));
    if ('code' in announced) throw new Refused(announced.code, announced.facts);
    try {
      return await this.files.stage(request.body as Readable, {
        maxBytes: this.environment.maxUpload,
      });
    } catch (error) {
      if (error instanceof FileTooLarge)
        throw new Refused('file-too-large', { allowed: error.limit });
      throw error;
    }
  }

  private async lookThrough(sent: StagedFile, request: Sent): Promise<Received> {
    raise(checkReprDigest(announcedDigest(request), sent.sha256));
    // Before anything here opens it.
    await this.scanner.scan(await this.files.open(sent.key));
    const inspected = await this.inspector.inspect(() => this.load(sent), declaredType(request));
    if (!inspected.copy) return { sent, copy: sent, inspected };
    const copy = Readable.from([Buffer.from(inspected.copy.buffer)]);
    return { sent, copy: await this.files.stage(copy, { maxBytes: MOST_COPIED }), inspected };
  }

  /** In memory of its own, which a thread can take over. */
  private async load({ key, bytes }: StagedFile): Promise<Uint8Array<ArrayBuffer>> {
    const whole = new Uint8Array(bytes);
    let at = 0;
    for await (const chunk of await this.files.open(key)) {
      whole.set(chunk as Buffer, at);
      at += (chunk as Buffer).length;
    }
    return whole;
  }
}

const declaredType = ({ headers }: Sent): string =>
  (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

function announcedDigest({ headers }: Sent): string | undefined {
  const header = headers['repr-digest'];
  return Array.isArray(header) ? header.join(', ') : header;
}
