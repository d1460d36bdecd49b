import { Module, type OnModuleInit } from '@nestjs/common';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { AdmissibilityController } from './admissibility.controller.js';
import { AdmissibilityService } from './admissibility.service.js';
import { admissibilityFacts, shareDetermination } from './share-determination.js';

@Module({
  imports: [ProceedingsModule],
  controllers: [AdmissibilityController],
  providers: [AdmissibilityService],
})
export class AdmissibilityModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
  ) {}

  onModuleInit(): void {
    this.parts.addFacts(admissibilityFacts(this.engine));
    this.parts.addConsequences(shareDetermination);
  }
}
