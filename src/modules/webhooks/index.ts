export { Webhook } from './webhooks.entity.js';
