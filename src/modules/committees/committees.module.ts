import { Module, type OnModuleInit } from '@nestjs/common';
import { MechanismsModule } from '../mechanisms/mechanisms.module.js';
import { Engine, Parts } from '../proceedings/index.js';
import { ProceedingsModule } from '../proceedings/proceedings.module.js';
import { AppointCurator } from './appoint-curator.js';
import { ConflictsController } from './conflicts.controller.js';
import { ConflictsService } from './conflicts.service.js';
import { CURATOR_PARAMETERS } from './curator.rules.js';
import { MembersController } from './members.controller.js';
import { MembersService } from './members.service.js';
import { readingsNoted } from './note-reading.js';
import { curatorFacts, curatorOffer } from './offer-curator.js';
import { DeclareConflict } from './declare-conflict.js';

/** Committees of experts: who sits on them, who prepares a case, and who steps aside. */
@Module({
  imports: [MechanismsModule, ProceedingsModule],
  controllers: [MembersController, ConflictsController],
  providers: [MembersService, AppointCurator, DeclareConflict, ConflictsService],
})
export class CommitteesModule implements OnModuleInit {
  constructor(
    private readonly parts: Parts,
    private readonly engine: Engine,
  ) {}

  onModuleInit(): void {
    this.parts.addParameters('committee.body', 'committee.distinctBy', ...CURATOR_PARAMETERS);
    this.parts.addFacts(curatorFacts(this.engine));
    this.parts.addOffer(curatorOffer);
    this.parts.readings.push(readingsNoted(this.engine));
  }
}
