const NOBODY = '5f1d7a2e-9c3b-4b6e-8f0a-000000000000';

/** Of all that is asked about notices, how they leave, and jobs that failed. */
export const NOTICE_BODIES = {
  putNoticePreferences: { digest: 'daily' },
  sendAgain: { of: NOBODY, reason: 'The mailbox was full' },
  retryFailedJob: { reason: 'Mended' },
  discardFailedJob: { reason: 'No use' },
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
