import { Module, type OnModuleInit } from '@nestjs/common';
import { Purposes } from '../lots/index.js';
import { LotsModule } from '../lots/lots.module.js';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { AccreditSpeaker } from './accredit-speaker.js';
import { closeSpeakers } from './close-list.js';
import { DialogueController } from './dialogue.controller.js';
import { dialogueFacts } from './gather-dialogue.js';
import { LeaveList } from './leave-list.js';
import { PARAMETERS } from './lists.rules.js';
import { dialogueOffer } from './offer-dialogue.js';
import { RecordSpeakersDraw } from './record-draw.js';
import { RecordStatement } from './record-statement.js';
import { RegisterSpeaker } from './register-speaker.js';
import { reopenLists } from './open-lists.js';
import { ShowDialogue } from './show-dialogue.js';
import { SpeakersController } from './speakers.controller.js';
import { SpeakersService } from './speakers.service.js';
import { SwapsController } from './swaps.controller.js';
import { SwapPlaces } from './swap-places.js';
import { drawnLists } from './take-draw.js';
import { withdrawableSpeaker } from './withdraw-speaker.js';

@Module({
  imports: [ProceedingsModule, LotsModule],
  controllers: [SpeakersController, SwapsController, DialogueController],
  providers: [
    AccreditSpeaker,
    LeaveList,
    RecordSpeakersDraw,
    RecordStatement,
    RegisterSpeaker,
    ShowDialogue,
    SpeakersService,
    SwapPlaces,
  ],
  exports: [RecordStatement],
})
export class DialogueModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
    private readonly purposes: Purposes,
  ) {}

  onModuleInit(): void {
    this.parts.addFacts(dialogueFacts);
    this.parts.addOffer(dialogueOffer);
    this.parts.addWithdrawable(withdrawableSpeaker);
    this.parts.addConsequences(closeSpeakers(this.engine));
    this.parts.addParameters(...PARAMETERS);
    this.parts.resumptions.push(reopenLists(this.engine));
    this.purposes.speakers = drawnLists(this.engine);
  }
}
