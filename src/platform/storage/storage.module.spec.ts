import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Environment } from '../../config/environment.js';
import { FILE_STORE, type FileStore } from './file-store.js';
import { StorageModule } from './storage.module.js';

const filesDir = await mkdtemp(join(tmpdir(), 'comity-files-'));

@Global()
@Module({
  imports: [StorageModule],
  providers: [{ provide: Environment, useValue: { filesDir } }],
  exports: [Environment, StorageModule],
})
class Platform {}

describe('StorageModule', () => {
  it('provides a store in the folder that the environment names', async () => {
    const context = await Test.createTestingModule({ imports: [Platform] }).compile();
    const store = context.get<FileStore>(FILE_STORE, { strict: false });
    const { key } = await store.stage(Readable.from(['hello']), { maxBytes: 5 });
    expect(await store.size(key)).toBe(5);
    await context.close();
    await rm(filesDir, { recursive: true });
  });
});
