export { Channels, Undelivered, type Channel, type Letter } from './channels.js';
