export { Pledge } from './pledges.entity.js';
