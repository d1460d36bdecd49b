import { append } from '../../platform/journal/journal.js';
import type { UnnamingFollower } from '../proceedings/index.js';
import { emptyBackgrounds } from './remove-withdrawn.js';
import { namesHidden, type Named } from './sources.rules.js';
import { Source } from './summaries.entity.js';
import { namesOf } from './summaries.repository.js';

/**
 * Who is no longer named beside a submission, whether it left, was taken off or sealed, is not
 * listed among those who contributed, and paragraphs that name it are held. As the procedure.
 */
export const withholdPartner: UnnamingFollower = async (tx, { documentId, side }) => {
  const source = await tx.findOne(Source, { documentId });
  if (!source) return;
  const author = await namesOf(tx, side);
  const [name = ''] = author.names;
  const named: Named = { ...NOBODY, author };
  const partners = source.partners.filter((each) => !namesHidden(each, [named]));
  const listed = source.partners.filter((each) => !partners.includes(each));
  const withheld = [...new Set([...source.withheld, name, ...listed])];
  const { id, proceedingId, compartment, kind, standsWith, sealed, version } = source;
  await tx.update(Source, { id }, { partners, withheld, version: version + 1 });
  await emptyBackgrounds(tx, proceedingId, named);
  await append(tx, {
    proceedingId,
    compartment,
    what: 'source-corrected',
    by: 'platform',
    at: tx.now,
    facts: { kind, sourceId: id, standsWith, sealed },
  });
};

const NOBODY = { mark: null, name: '', partners: [], withheld: [], use: 'unnamed' } as const;
