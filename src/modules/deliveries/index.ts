export {
  Channels,
  Postponed,
  Undelivered,
  type Channel,
  type Letter,
  type Ready,
} from './register-channels.js';
export { Delivery, DeliveryAttempt } from './deliveries.entity.js';
export { SettleLetters } from './settle-letters.js';
