export { Reminder } from './reminders.entity.js';
