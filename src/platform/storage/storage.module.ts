import { Module } from '@nestjs/common';
import { Environment } from '../../config/environment.js';
import { FILE_STORE } from './file-store.js';
import { FolderStore } from './folder-store.js';

/** Provides `FILE_STORE`: the only place that knows which kind of store it is. */
@Module({
  providers: [
    {
      provide: FILE_STORE,
      inject: [Environment],
      useFactory: ({ filesDir }: Environment) => new FolderStore(filesDir),
    },
  ],
  exports: [FILE_STORE],
})
export class StorageModule {}
