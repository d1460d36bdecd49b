import { z } from 'zod';
import { side } from '../../platform/http/fields.js';
import { MASK } from './items.rules.js';

/** Whose something is in casework; withdrawn, its own side and the secretariat still read it. */
export const maskedSide = z.union([side, z.literal(MASK)]).meta({
  id: 'MaskedSide',
  description: 'A side, or `[withdrawn]` where that was withdrawn',
  example: 'state:SVN',
});
