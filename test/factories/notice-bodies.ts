/** Of all that is asked about notices and webhooks. */
export const NOTICE_BODIES = {
  putNotice: { read: true },
  readNotices: { until: '2027-05-03T09:00:00Z' },
  createWebhook: { password: 'nothing', url: 'https://nobody.example/', description: 'A hook' },
  putWebhook: {
    url: 'https://nobody.example/',
    description: 'A hook',
    events: null,
    status: 'off',
  },
  rotateWebhookSecret: { password: 'nothing' },
};
