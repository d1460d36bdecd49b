import { Module } from '@nestjs/common';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { NoticesController } from './notices.controller.js';
import { NoticesService } from './notices.service.js';
import { RenderNotices } from './render-notices.js';
import { StreamNotices } from './stream-notices.js';
import { TellReaders } from './tell-readers.js';
import { Tellings } from './register-tellings.js';

/** Everybody concerned is told, once, and reads it as they may read then. */
@Module({
  imports: [MechanismsModule],
  controllers: [NoticesController],
  providers: [NoticesService, RenderNotices, StreamNotices, TellReaders, Tellings],
  exports: [NoticesService, RenderNotices, Tellings],
})
export class NoticesModule {}
