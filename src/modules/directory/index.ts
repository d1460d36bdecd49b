export { assertStateFilter } from './check-filters.js';
export { BodySeat } from './directory.entity.js';
export {
  bodyExists,
  groupsOn,
  initialsOfStates,
  seatedOn,
  shortNamesIn,
  unknownParties,
  unknownStates,
} from './directory.repository.js';
export { OptOut, Party, PartyChange } from './parties.entity.js';
export { partyStanding } from './parties.repository.js';
export { type TreatyData } from './parties.rules.js';
export { type State } from './state-names.rules.js';
