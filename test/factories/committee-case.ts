import type { Client } from '../setup/api.js';
import { declared, office, registered, type Office } from './aarhus.js';
import type { World } from './world.js';

interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** A case that a State has brought against another, before the Committee. */
export const stateCase = (
  conducting: Pick<Office, 'secretariat'>,
  who: Client,
  party = 'KAZ',
): Promise<string> => registered(conducting, who, { trigger: 'submission-about-another', party });

/** Files a document of a case whole. Answers its id. */
export async function filedIn(
  who: Client,
  id: string,
  { kind, text = 'A few words that somebody wrote.' }: { kind: string; text?: string },
): Promise<string> {
  const begun = await who
    .post(`/v1/communications/${id}/documents`, { kind, title: 'A title' })
    .expect(201);
  const document = begun.body as Versioned;
  const url = `/v1/documents/${document.id}`;
  const sent = await who.upload(`${url}/content`, text, { version: document.version }).expect(200);
  const { version } = sent.body as Versioned;
  await who.post(`${url}/submit`, undefined, { version }).expect(200);
  return document.id;
}

/** A case with a member who may be partial, and what that member declared. */
export async function plantConflicts(world: World, filer: Client): Promise<Planted> {
  const conducting = await office(world);
  const id = await stateCase(conducting, filer);
  await declared(conducting.chair, id);
  return { id, conducting, conflict: await declared(conducting.member, id) };
}

interface Planted {
  readonly id: string;
  readonly conducting: Office;
  /** What the member declared. */
  readonly conflict: string;
}
