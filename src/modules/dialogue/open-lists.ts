import { CASE } from '../../kernel/sides.js';
import { append } from '../../platform/journal/journal.js';
import { latestDeadline, type Engine, type Resumption } from '../proceedings/index.js';
import { changeList, changeSpeaker } from './change-speaker.js';
import { CoSpeaker, SpeakersList, SpeakerSwap } from './dialogue.entity.js';
import { speakersOf } from './dialogue.repository.js';
import { LISTS, listRulesOf } from './lists.rules.js';
import { publishSpeakers } from './publish-speakers.js';
import { isListed } from './speakers.rules.js';

/**
 * A resumed review takes registrations again on every list whose new closing is still to come. Who
 * was on it stays, until they leave, and States that had not confirmed may; places, times and what
 * was drawn belonged to the day that was not held.
 */
export const reopenLists =
  (engine: Engine): Resumption =>
  async (tx, { proceeding, at }) => {
    const definition = engine.definitionOf(proceeding);
    const { id: proceedingId } = proceeding;
    for (const list of LISTS) {
      const rules = listRulesOf(definition, list);
      const closes = rules && (await latestDeadline(tx, proceedingId, rules.closes));
      const row = closes && (await tx.findOne(SpeakersList, { proceedingId, list }));
      if (!row || !closes || row.closedAt === null || closes.due <= at) continue;
      const undrawn = { drawn: null, draw: null, membersKnown: null };
      const unshared = { memberSeconds: null, observerSeconds: null };
      await changeList(tx, row, { closedAt: null, ...undrawn, ...unshared });
      const speakers = (await speakersOf(tx, proceedingId, [list])).filter(isListed);
      for (const speaker of speakers) {
        const own = { speakerId: speaker.id, status: 'lapsed' as const };
        await tx.update(CoSpeaker, own, { status: 'invited' });
        await changeSpeaker(tx, speaker, { place: null, class: null, seconds: null });
      }
      const proposed = { proceedingId, list, status: 'proposed' as const };
      await tx.update(SpeakerSwap, proposed, { status: 'lapsed', answeredAt: at });
      const facts = { list, speakers: speakers.length, closes: closes.due.toISOString() };
      const told = { by: 'procedure', what: 'speakers-reopened', at, facts };
      await append(tx, { proceedingId, compartment: CASE, ...told });
      await publishSpeakers(tx, proceeding, list);
    }
  };
