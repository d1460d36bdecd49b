import { z } from 'zod';
import { words } from '../../platform/http/fields.js';

/** What the parts of `mechanisms/*.yaml` are written with. */
export const text = words.min(1);
export const name = z.string().regex(/^[a-z][A-Za-z0-9]*(-[a-z0-9]+)*$/, 'is not a name');

/** A list of names that may be written as its only one. */
export const oneOrMore = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(name).min(1),
);
