import { Controller } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { inProject } from '../../config/project-root.js';
import { Readable } from 'node:stream';
import type { ByteRange } from '../storage/file-store.js';
import type { Download } from './answers.js';
import { operation, Route } from './operation.js';

export const readContract = operation({
  id: 'readContract',
  method: 'GET',
  path: '/openapi.yaml',
  tag: 'operation',
  summary: 'This contract',
  description:
    'What you are reading: OpenAPI 3.1, made from the definitions that route and validate.',
  open: true,
  cached: true,
  returns: 'file',
  mediaType: 'application/yaml',
});

@Controller()
export class ContractController {
  @Route(readContract)
  async contract(): Promise<Download> {
    const bytes = await readFile(inProject('openapi.yaml'));
    return {
      open: ({ start = 0, end = bytes.length - 1 }: Partial<ByteRange> = {}) =>
        Readable.from([bytes.subarray(start, end + 1)]),
      mediaType: 'application/yaml',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      fileName: 'openapi.yaml',
    };
  }
}
