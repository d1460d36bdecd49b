import { putStatementText } from './statements.schemas.js';

export { CoSpeaker, Speaker, SpeakersList, SpeakerSwap } from './dialogue.entity.js';
export { speakersOf, type SpeakerRow } from './dialogue.repository.js';
export { appearanceOn, type Appearance } from './find-appearance.js';
export { keepingRefused } from './keepers.rules.js';
export { sidesOf } from './list-actions.js';
export { LISTS } from './lists.rules.js';
export { RecordStatement } from './record-statement.js';
export const statementBody = putStatementText.body;
