export { Comity, type Settings } from './comity.js';
export type { Answer, Asked, DryRun, ItemOf, ListPath, Schemas } from './operations.js';
export type { Fetch, Patience } from './patience.js';
export { ComityProblem, type ProblemCode } from './problem.js';
export type { components, operations, paths } from './schema.js';
