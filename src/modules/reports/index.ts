export { Circulation, Reservation, SignOff } from './reports.entity.js';
