export { Circulation, SignOff } from './reports.entity.js';
