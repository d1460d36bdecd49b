export { CoSpeaker, Speaker, SpeakersList, SpeakerSwap } from './dialogue.entity.js';
