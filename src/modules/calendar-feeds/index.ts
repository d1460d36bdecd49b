export { CalendarFeed } from './calendar-feeds.entity.js';
