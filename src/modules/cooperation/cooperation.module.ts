import { Module } from '@nestjs/common';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { CooperationController } from './cooperation.controller.js';
import { CooperationService } from './cooperation.service.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [CooperationController],
  providers: [CooperationService],
})
export class CooperationModule {}
