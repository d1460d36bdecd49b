import { Module, type OnModuleInit } from '@nestjs/common';
import { Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { AssistantsController } from './assistants.controller.js';
import { AssistantsService } from './assistants.service.js';
import { assistantOffer } from './list-actions.js';

/** Organizations that help a side to prepare. */
@Module({
  imports: [ProceedingsModule],
  controllers: [AssistantsController],
  providers: [AssistantsService],
})
export class AssistantsModule implements OnModuleInit {
  constructor(private readonly parts: Parts) {}

  onModuleInit(): void {
    this.parts.addOffer(assistantOffer);
  }
}
