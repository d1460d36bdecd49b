import { refusal, type Refusal } from '../../kernel/refusal.js';
import type { Assistant } from './assistants.entity.js';

type State = Pick<Assistant, 'status'>;

export const acceptRefused = ({ status }: State): Refusal | null =>
  status === 'named' ? null : refusal('already-given', { status });

export const endRefused = ({ status }: State): Refusal | null =>
  ['named', 'accepted'].includes(status) ? null : refusal('already-given', { status });
