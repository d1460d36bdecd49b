import { Module } from '@nestjs/common';
import { Channels } from './channels.js';

/** How letters leave. */
@Module({ providers: [Channels], exports: [Channels] })
export class DeliveriesModule {}
