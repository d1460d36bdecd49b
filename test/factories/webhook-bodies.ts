/** Of all that is asked about webhooks. */
export const WEBHOOK_BODIES = {
  createWebhook: { password: 'nothing', url: 'https://nobody.example/', description: 'A hook' },
  putWebhook: {
    url: 'https://nobody.example/',
    description: 'A hook',
    events: null,
    status: 'off',
  },
  rotateWebhookSecret: { password: 'nothing' },
};
