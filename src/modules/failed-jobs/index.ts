export { FailedJob } from './failed-jobs.entity.js';
