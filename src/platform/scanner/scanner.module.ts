import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { Environment } from '../../config/environment.js';
import { LOG } from '../log/log.js';
import { ClamavScanner } from './clamav.js';
import { NoScanner, Scanner } from './scanner.js';

/** Provides `Scanner`: the only place that knows whether there is one. */
@Module({
  providers: [
    {
      provide: Scanner,
      inject: [Environment, LOG],
      useFactory: ({ clamav }: Environment, log: Logger) =>
        clamav === undefined ? new NoScanner() : new ClamavScanner(clamav, log),
    },
  ],
  exports: [Scanner],
})
export class ScannerModule {}
