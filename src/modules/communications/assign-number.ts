import { found } from '../../platform/refused.js';
import { Proceeding, type Consequence, type Engine } from '../proceedings/index.js';
import { nextNumber } from './communications.repository.js';
import { numberOf, seriesOf } from './communications.rules.js';

/**
 * Registers a proceeding under the next number of its series. A rehearsal takes none: it has a series of
 * its own.
 */
export const giveNumber = (engine: Engine): Consequence => ({
  name: 'number',
  async apply(tx, { proceeding, at }) {
    const { id, trigger, version } = proceeding;
    const definition = engine.definitionOf(proceeding);
    const { number } = found(definition.triggers?.find((each) => each.trigger === trigger));
    const year = Number(
      new Intl.DateTimeFormat('en', {
        year: 'numeric',
        timeZone: definition.zone,
      }).format(at),
    );
    const series = seriesOf(proceeding, number, year);
    const given = numberOf(number, year, await nextNumber(tx, id, series));
    await tx.update(Proceeding, { id, version }, { caseNumber: given });
  },
});
