import { prepareFollowUp } from './follow-up.schemas.js';

export { Assessment } from './follow-up.entity.js';
export { speakerOf } from './find-speaker.js';
export { spokenOf } from './follow-up.repository.js';
export { gradesOf } from './follow-up.rules.js';
export { GiveFollowUp } from './give-follow-up.js';
export { PrepareFollowUp } from './prepare-follow-up.js';
export const followUpBody = prepareFollowUp.body;
