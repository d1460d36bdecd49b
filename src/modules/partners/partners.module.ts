import { Module, type OnModuleInit } from '@nestjs/common';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { departAgain, partnerDues, partnerDuties, partnerProgress } from './expire-partners.js';
import { PartnersController } from './partners.controller.js';
import { PartnersService } from './partners.service.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [PartnersController],
  providers: [PartnersService],
})
export class PartnersModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
  ) {}

  onModuleInit(): void {
    const on = { engine: this.engine, parts: this.parts };
    this.parts.dues.push(partnerDues(on));
    this.parts.duties.push(partnerDuties);
    this.parts.progress.push(partnerProgress);
    this.parts.depart = departAgain(on);
  }
}
