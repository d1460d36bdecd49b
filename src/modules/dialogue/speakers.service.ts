import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Input } from '../../platform/http/operation.js';
import { Engine } from '../proceedings/index.js';
import { lookUp, speakerFound } from './find-list.js';
import { showList, showSpeaker } from './show-speaker.js';
import type * as op from './speakers.schemas.js';

/** Reads the lists of speakers. */
@Injectable()
export class SpeakersService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly engine: Engine,
  ) {}

  list({ viewer, params, query }: Input<typeof op.listSpeakers>) {
    return this.work.read(viewer, async (tx) => {
      const standing = await this.engine.standing(tx, params.id);
      return showList(tx, await lookUp(tx, standing, query.list));
    });
  }

  get({ viewer, params }: Input<typeof op.getSpeaker>) {
    return this.work.read(viewer, async (tx) => {
      const { on, speaker } = await speakerFound(tx, this.engine, params.id);
      return showSpeaker(tx, on, speaker.id);
    });
  }
}
