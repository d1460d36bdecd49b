export { Manner } from './preferences.entity.js';
export { wishesOf } from './preferences.repository.js';
export { isMailed } from './preferences.rules.js';
