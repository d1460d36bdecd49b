export { assertStateFilter } from './check-filters.js';
export { BodySeat } from './directory.entity.js';
export {
  bodyExists,
  groupsOn,
  initialsOfStates,
  seatedOn,
  shortNamesIn,
  unknownStates,
} from './directory.repository.js';
export { type State } from './state-names.rules.js';
