import { Module, type OnModuleInit } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { CommunicationsController } from './communications.controller.js';
import { CommunicationsService } from './communications.service.js';
import { giveNumber } from './assign-number.js';
import { OpenCommunication } from './open-communication.js';

@Module({
  imports: [DocumentsModule, IntakeModule, MechanismsModule, ProceedingsModule],
  controllers: [CommunicationsController],
  providers: [CommunicationsService, OpenCommunication],
})
export class CommunicationsModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
  ) {}

  onModuleInit(): void {
    this.parts.addConsequences(giveNumber(this.engine));
  }
}
