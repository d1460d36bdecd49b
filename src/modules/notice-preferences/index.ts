export { Manner } from './preferences.entity.js';
export { wishesOf } from './preferences.repository.js';
export { isMailed, type Wishes } from './preferences.rules.js';
