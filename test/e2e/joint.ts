import { begun, upload, type Shown } from './filing.js';
import type { World } from '../factories/world.js';
import type { Client } from '../setup/api.js';

/** Before the deadline of the stakeholders' submissions to a review in May 2027. */
export const IN_TIME = '2026-09-01T09:00:00Z';
/** That deadline, and the sweep after it. */
export const AFTER = '2026-10-03T10:01:00Z';

interface Partner {
  readonly organization: string;
  readonly name: string;
  readonly status: string;
  readonly sealed: boolean;
  readonly askedAt: string | null;
  readonly answeredAt: string | null;
  readonly acceptedText: string | null;
  readonly namedTo: string[];
}
interface Partners {
  readonly id: string;
  readonly title: string;
  readonly lead: { side: string; name: string };
  readonly status: string;
  readonly acceptedUntil: string;
  readonly partners: Partner[];
  readonly actions: { action: string; allowed: boolean; because: string | null }[];
  readonly version: number;
}
export type Organization = Awaited<ReturnType<World['organization']>>;

/** A joint submission in the draft of its lead, with a text. */
export async function draft(lead: Client, review: string, title = 'Together'): Promise<Shown> {
  return upload(lead, await begun(lead, review, 'joint-submission', { title }), 'What we saw.');
}

export const signatories = (id: string, path = ''): string =>
  `/v1/documents/${id}/signatories${path}`;

export const partnersFor = async (who: Client, id: string): Promise<Partners> =>
  (await who.get(signatories(id)).expect(200)).body as Partners;

/** What the lead, or a partner, does about it, as they were last shown it. */
export async function ask(lead: Client, id: string, { id: organization }: Organization) {
  const { version } = await partnersFor(lead, id);
  return lead.post(signatories(id), { organization }, { version });
}
export async function takeOff(lead: Client, id: string, { id: organization }: Organization) {
  const { version } = await partnersFor(lead, id);
  return lead.post(signatories(id, '/removal'), { organization }, { version });
}
export async function answer(who: Client, id: string, given: string, more: object = {}) {
  const { version } = await partnersFor(who, id);
  return who.post(signatories(id, '/answer'), { answer: given, ...more }, { version });
}
export async function handIn(lead: Client, id: string): Promise<void> {
  const { version } = await partnersFor(lead, id);
  await lead.post(`/v1/documents/${id}/submit`, undefined, { version }).expect(200);
}

/** Names and statuses, as somebody is shown them. */
export const told = async (who: Client, id: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await partnersFor(who, id)).partners.map(({ name, status }) => [name, status]),
  );
