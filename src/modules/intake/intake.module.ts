import { Module, type OnModuleInit } from '@nestjs/common';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { intakeFacts } from './gather-intake.js';
import { eraseIntake, handIn } from './hand-in-intake.js';
import { IntakeController } from './intake.controller.js';
import { IntakeService } from './intake.service.js';
import { SealNames } from './seal-names.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [IntakeController],
  providers: [IntakeService, SealNames],
  exports: [IntakeService],
})
export class IntakeModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
  ) {}

  onModuleInit(): void {
    this.parts.addFacts(intakeFacts(this.engine));
    this.parts.addConsequences(handIn, eraseIntake);
  }
}
