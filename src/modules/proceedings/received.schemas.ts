import { z } from 'zod';
import { instant } from '../../platform/http/fields.js';
import { RECEIVED_HOW } from './received.rules.js';

export const receivedHow = z.enum(RECEIVED_HOW);
/** Of what a side handed to whoever files it. */
export const received = z
  .strictObject({
    at: instant.meta({ example: '2027-02-08T16:40:00+01:00' }),
    how: receivedHow.meta({ example: 'post' }),
  })
  .meta({
    id: 'Received',
    description:
      'With `onBehalfOf`: when and by what means the side handed it over, since the review was ' +
      'opened. Whether it is late is judged by this instant, which is shown, and entered in the ' +
      'journal where the side reads it, beside that of the filing.',
  });

interface Handed {
  readonly received?: object | undefined;
  readonly onBehalfOf?: string | undefined;
}

/** Refines a body: nobody hands over to itself. */
export const handedOver: [(body: Handed) => boolean, { path: string[]; message: string }] = [
  ({ received: given, onBehalfOf }) => !given || onBehalfOf !== undefined,
  { path: ['received'], message: 'is for what is filed on behalf of a side' },
];
