import { Module } from '@nestjs/common';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { DeskController } from './desk.controller.js';
import { MoveReviews } from './move-reviews.js';
import { ShowDesk } from './show-desk.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [DeskController],
  providers: [MoveReviews, ShowDesk],
})
export class DeskModule {}
