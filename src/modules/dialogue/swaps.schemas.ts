import { z } from 'zod';
import { byId, uuid } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { ACTING, speakersList, speakerWithActions, swap } from './speakers.schemas.js';

const tag = 'dialogue';

export const accreditSpeaker = operation({
  id: 'accreditSpeaker',
  method: 'POST',
  path: '/v1/speakers/{id}/accreditation',
  tag,
  summary: 'Confirm the status that an organization declared, or do not (the secretariat)',
  description:
    'Who has not been confirmed is on no list. It can be done until the order was drawn, or the ' +
    'first has spoken.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z
    .strictObject({ confirmed: z.boolean() })
    .meta({ id: 'Accreditation', example: { confirmed: true } }),
  returns: speakerWithActions,
  status: 200,
  problems: [...ACTING, 'already-given', 'already-spoken', 'not-offered'],
});
export const proposeSwap = operation({
  id: 'proposeSwap',
  method: 'POST',
  path: '/v1/speakers/{id}/swaps',
  tag,
  summary: 'Propose to another speaker to exchange our places',
  description: 'Nothing changes until the other agrees. Times stay with whom they belong to.',
  params: byId,
  idempotent: true,
  body: z
    .strictObject({ with: uuid.meta({ description: 'The other speaker' }) })
    .meta({ id: 'NewSwap', example: { with: '8b7f6a52-3f0e-4f8e-9a6e-6c2f3d1b9a10' } }),
  returns: swap,
  status: 201,
  problems: [
    ...ACTING,
    'unknown-speaker',
    'already-spoken',
    'already-exists',
    'no-place',
    'not-offered',
  ],
});
export const answerSwap = operation({
  id: 'answerSwap',
  method: 'POST',
  path: '/v1/swaps/{id}/answer',
  tag,
  summary: 'Agree to exchange our places, or decline; or take a proposal back',
  description: '`If-Match` names the version of the list, which agreeing changes.',
  params: byId,
  ifMatch: true,
  idempotent: true,
  body: z
    .strictObject({ accept: z.boolean() })
    .meta({ id: 'SwapAnswer', example: { accept: true } }),
  returns: speakersList,
  status: 200,
  problems: [
    ...ACTING,
    'already-given',
    'already-spoken',
    'no-place',
    'swap-outdated',
    'not-offered',
  ],
});
