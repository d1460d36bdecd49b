import { z } from 'zod';
import { action, byId, date, instant, iso3, line, words } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery } from '../../platform/http/paging.js';
import { lotSchema } from '../record/index.js';

const reviewPurpose = z.enum(['troika', 'plenary-speakers', 'plenary-organizations']);
const sessionPurpose = z.enum(['troika', 'order-of-review', 'first-speaker']);

const lot = lotSchema
  .extend({
    witnesses: z
      .array(words)
      .nullable()
      .meta({ description: 'Who saw it drawn by hand', example: ['Secretary of the Council'] }),
    actions: z.array(action),
  })
  .meta({ id: 'LotInCase' });

const publicValue = z
  .strictObject({
    source: line(300).meta({ description: 'Whose value, in words that leave no doubt' }),
    knownFrom: instant.meta({ description: 'From when on it can be known, and the lot be drawn' }),
  })
  .meta({ description: 'Something that everybody can look up then, and nobody can foresee' });
const example = {
  publicValue: {
    source: 'First randomness of the beacon at beacon.example after the instant named',
    knownFrom: '2027-01-12T09:00:00Z',
  },
};
const byHand = {
  result: z
    .array(
      z.strictObject({
        for: iso3.nullable().default(null),
        drawn: z.array(line(40)).min(1).max(200),
      }),
    )
    .min(1)
    .max(60)
    .meta({ description: 'For each State whose review it is for, or `null` for all' }),
  drawnOn: date,
  meeting: line(300),
  witnesses: z.array(line(200)).min(1).max(20),
};
const seen = {
  drawnOn: '2027-01-11',
  meeting: 'Organizational meeting of the Council',
  witnesses: ['Secretary of the Council'],
};

const KEEPING = ['wrong-role', 'permission-missing', 'lot-not-offered', 'already-given'] as const;
const PLANNING = [
  ...KEEPING,
  'too-late',
  'membership-unknown',
  'lot-groups-too-few',
  'lot-group-empty',
  'lot-pool-too-small',
] as const;
const OF_SESSION = ['not-found', 'no-review-open'] as const;
const tag = 'lots';

const announcing = {
  method: 'POST',
  tag,
  params: byId,
  returns: lot,
  status: 201,
  location: '/v1/lots/{id}',
  idempotent: true,
} as const;

export const announceReviewLot = operation({
  ...announcing,
  id: 'announceReviewLot',
  path: '/v1/reviews/{id}/lots',
  summary: 'Announce a lot of a review (the secretariat, the president)',
  description:
    'Publishes who is drawn from under which rules, a commitment to a secret seed, and the name of a ' +
    'public value that is mixed in. Nobody can know the result before that value.',
  body: z
    .strictObject({ purpose: reviewPurpose, publicValue })
    .meta({ id: 'NewReviewLot', example: { purpose: 'troika', ...example } }),
  problems: [...PLANNING, 'list-open', 'public-value-known', 'already-exists'],
});
export const announceSessionLot = operation({
  ...announcing,
  id: 'announceSessionLot',
  path: '/v1/sessions/{id}/lots',
  summary: 'Announce a lot of a session (the secretariat, the president)',
  description:
    'The order of review, the letter with which lists of speakers begin, or the troikas of all its ' +
    'reviews that lack one, each drawn among those whom the lot has burdened least.',
  body: z
    .strictObject({ purpose: sessionPurpose, publicValue })
    .meta({ id: 'NewSessionLot', example: { purpose: 'first-speaker', ...example } }),
  problems: [...OF_SESSION, ...PLANNING, 'public-value-known', 'already-exists'],
});
export const recordReviewLot = operation({
  ...announcing,
  id: 'recordReviewLot',
  path: '/v1/reviews/{id}/lots/by-hand',
  summary: 'Record a lot of a review that was drawn by hand in a meeting',
  description: 'Held against the same rules. Who witnessed it is told to whom the case is.',
  body: z.strictObject({ purpose: reviewPurpose, ...byHand }).meta({
    id: 'ReviewLotByHand',
    example: { purpose: 'troika', result: [{ for: 'SVN', drawn: ['ALB', 'BRA', 'NOR'] }], ...seen },
  }),
  problems: [...PLANNING, 'list-open', 'troika-invalid', 'draw-invalid', 'unknown-state'],
});
export const recordSessionLot = operation({
  ...announcing,
  id: 'recordSessionLot',
  path: '/v1/sessions/{id}/lots/by-hand',
  summary: 'Record a lot of a session that was drawn by hand in a meeting',
  description: 'Of a list that goes on from the one that was drawn, name that one.',
  body: z.strictObject({ purpose: sessionPurpose, ...byHand }).meta({
    id: 'SessionLotByHand',
    example: { purpose: 'first-speaker', result: [{ for: null, drawn: ['K'] }], ...seen },
  }),
  problems: [...OF_SESSION, ...PLANNING, 'troika-invalid', 'draw-invalid', 'unknown-state'],
});

const settling = {
  method: 'POST',
  tag,
  params: byId,
  returns: lot,
  status: 200,
  ifMatch: true,
  idempotent: true,
} as const;

export const drawAnnouncedLot = operation({
  ...settling,
  id: 'drawLot',
  path: '/v1/lots/{id}/draw',
  summary: 'Draw an announced lot, once its public value is known',
  description:
    'Reveals the seed, draws, and does what follows: rapporteurs take their seats, States their ' +
    'places. Refused where what was announced no longer holds; it cannot be tried.',
  body: z
    .strictObject({
      publicValue: line(500).meta({ description: 'As it stands at its source, to the letter' }),
    })
    .meta({ id: 'Draw', example: { publicValue: '4711.08' } }),
  problems: ['wrong-role', 'permission-missing', 'lot-settled', 'too-early', 'lot-outdated'],
});
export const cancelLot = operation({
  ...settling,
  id: 'cancelLot',
  path: '/v1/lots/{id}/cancel',
  summary: 'Cancel an announced lot before it is drawn',
  description: 'The reason is public. The seed is destroyed unread.',
  body: z
    .strictObject({ reason: line(500) })
    .meta({ id: 'LotCancellation', example: { reason: 'A seat on the Council changed' } }),
  problems: ['wrong-role', 'permission-missing', 'lot-settled'],
});

export const getLot = operation({
  id: 'getLot',
  method: 'GET',
  path: '/v1/lots/{id}',
  tag,
  summary: 'A lot, with all that is needed to draw it again',
  description:
    'docs/lots.md says how. `version` is what drawing or cancelling it needs in `If-Match`.',
  open: true,
  cached: true,
  params: byId,
  returns: lotSchema,
});
export const listSessionLots = operation({
  id: 'listSessionLots',
  method: 'GET',
  path: '/v1/sessions/{id}/lots',
  tag,
  summary: 'The lots of a session and of its reviews',
  description: 'In the order of their announcement.',
  open: true,
  cached: true,
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(lotSchema).meta({ id: 'Lots' }),
});
export const listReviewLots = operation({
  id: 'listReviewLots',
  method: 'GET',
  path: '/v1/reviews/{id}/lots',
  tag,
  summary: 'The lots of a review, and those of its session',
  description: 'In the order of their announcement; those of a rehearsal, too.',
  params: byId,
  query: z.strictObject(pageQuery),
  returns: pageOf(lot).meta({ id: 'LotsInCase' }),
});
