import { parentPort } from 'node:worker_threads';
import { FormatRefused } from './format-refused.js';
import { readWorkbook } from '../workbook/read-workbook.js';
import type { SheetRead } from '../workbook/sheet.js';
import { inspect, type Inspected } from './inspect.js';

/** A document under the media type that it was sent as, or a sheet that comes back. */
export interface InspectJob {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly as: { readonly document: string } | 'sheet';
}

/** What the thread answers; `fault` is for the log, where a library failed on the file. */
export type InspectAnswer =
  | { readonly inspected: Inspected }
  | { readonly sheet: SheetRead }
  | {
      readonly code: string;
      readonly facts: Readonly<Record<string, string | number>>;
      readonly fault?: string;
    };

/** Where it happened, without the message: that may quote the file. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

function refusalOf(error: unknown): InspectAnswer {
  if (error instanceof FormatRefused) return { code: error.code, facts: error.facts };
  const fault = error instanceof Error ? `${error.name}\n${framesOf(error)}` : typeof error;
  // Too deep for the stack, or an array too long: what the file asked for, not what we did.
  const code = error instanceof RangeError ? 'document-too-complex' : 'damaged-file';
  return { code, facts: {}, fault };
}

async function answer({ bytes, as }: InspectJob): Promise<void> {
  try {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (as === 'sheet') return send({ sheet: await readWorkbook(file) });
    const inspected = await inspect(file, as.document);
    send({ inspected }, inspected.copy ? [inspected.copy.buffer] : []);
  } catch (error) {
    send(refusalOf(error));
  }
}

function send(told: InspectAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(told, transfer);
}

parentPort?.on('message', (job: InspectJob) => void answer(job));
