export { assertStateFilter } from './check-filters.js';
export { BodySeat } from './directory.entity.js';
export { groupsOn, initialsOfStates, seatedOn, unknownStates } from './directory.repository.js';
export { stateNames, type State, type StateNames } from './state-names.rules.js';
export { loadStates } from './load-states.js';
