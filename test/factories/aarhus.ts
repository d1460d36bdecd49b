import { World, PASSWORD } from './world.js';
import type { Client } from '../setup/api.js';

const FIELDS = [
  'summary',
  'facts',
  'provisions',
  'non-compliance',
  'domestic-remedies',
  'other-procedures',
] as const;

interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** Somebody who sits on the Committee. */
export interface Expert {
  readonly id: string;
  readonly email: string;
  readonly client: Client;
}

/** Those who conduct cases under the Aarhus Convention. */
export interface Office {
  readonly secretariat: Client;
  readonly chair: Client;
  readonly member: Client;
  readonly experts: { readonly chair: Expert; readonly member: Expert };
}

export const MEMBERS = '/v1/bodies/aarhus-committee/members';
let made = 0;

async function account(world: World, name: string): Promise<string> {
  const email = `${name}-${(made += 1)}@aarhus.test`;
  await world.admin.post('/v1/accounts', { email, name, password: PASSWORD }).expect(201);
  return email;
}

/** Elects somebody to the Committee. */
export async function elected(
  world: World,
  secretariat: Client,
  more: {
    readonly nationalities: readonly string[];
    readonly seat?: 'member' | 'chair';
    readonly from?: string;
  },
): Promise<Expert> {
  const email = await account(world, 'expert');
  const term = { name: `Expert ${made}`, basis: 'elected at MoP-8', from: '2025-11-20' };
  const { body } = await secretariat.post(MEMBERS, { email, ...term, ...more }).expect(201);
  const client = await world.api.signIn({ email, password: PASSWORD });
  return { id: (body as Versioned).id, email, client };
}

const offices = new WeakMap<World, Promise<Office>>();

/** The secretariat of the Convention and its Committee: seated once in a house. */
export function office(world: World): Promise<Office> {
  const known = offices.get(world) ?? seated(world);
  offices.set(world, known);
  return known;
}

async function seated(world: World): Promise<Office> {
  const email = await account(world, 'secretary');
  const seat = { email, side: 'secretariat:aarhus', role: 'head' };
  await world.admin.post('/v1/memberships', seat).expect(201);
  const secretariat = await world.api.signIn({ email, password: PASSWORD });
  const chair = await elected(world, secretariat, { nationalities: ['SVN'], seat: 'chair' });
  const member = await elected(world, secretariat, { nationalities: ['NOR', 'SWE'] });
  const clients = { chair: chair.client, member: member.client };
  return { secretariat, ...clients, experts: { chair, member } };
}

/** Has a member prepare a case. */
export async function curated(who: Client, id: string, member: string, reason = 'In turn') {
  const { body } = await who.get(`/v1/communications/${id}`).expect(200);
  const { version } = body as Versioned;
  return who.put(`/v1/communications/${id}/curator`, { member, reason }, { version });
}

/** What whoever files says of themselves, and to whom. */
interface Filing {
  readonly trigger?: string;
  readonly party?: string;
  readonly naming?: 'sealed' | 'committee' | 'parties' | 'public';
  readonly organization?: string;
  readonly name?: string;
  readonly contact?: string;
  /** What stands in the field of facts, beside it in confidence. */
  readonly facts?: string;
  readonly secret?: string;
  readonly fear?: string;
}

export async function begun(who: Client, filing: Filing = {}): Promise<string> {
  const { trigger = 'communication', party = 'KAZ', naming = 'public', organization } = filing;
  const { body } = await who
    .post('/v1/communications', {
      mechanism: 'aarhus',
      trigger,
      party,
      naming,
      test: true,
      ...(organization && { organization }),
    })
    .expect(201);
  return (body as Versioned).id;
}

/** Fills in the whole form, and says who files. */
export async function filled(who: Client, id: string, filing: Filing = {}): Promise<void> {
  const at = `/v1/communications/${id}`;
  const version = async (path: string): Promise<number> => {
    const { body } = await who.get(`${at}/${path}`).expect(200);
    return (body as Versioned).version;
  };
  for (const field of FIELDS) {
    const text = field === 'facts' ? (filing.facts ?? 'Facts of the case.') : `What is ${field}.`;
    const secret = field === 'facts' && filing.secret !== undefined;
    const paragraphs = [
      { text },
      ...(secret
        ? [
            {
              text: filing.secret,
              inConfidence: {
                ground: 'penalization',
                explanation: filing.fear ?? 'Somebody would be punished',
              },
            },
          ]
        : []),
    ];
    await who
      .put(`${at}/intake/fields/${field}`, { paragraphs }, { version: await version('intake') })
      .expect(200);
  }
  const { naming = 'public', name = 'A. Communicant', contact } = filing;
  const communicants = [{ kind: 'person', name, ...(contact !== undefined && { contact }) }];
  await who
    .put(`${at}/communicants`, { naming, communicants }, { version: await version('communicants') })
    .expect(200);
}

export async function move(who: Client, id: string, name: string) {
  const { body } = await who.get(`/v1/communications/${id}`).expect(200);
  const { version } = body as Versioned;
  return who.post(`/v1/communications/${id}/moves`, { move: name }, { version });
}

/** Handed in, registered, and before the Committee. */
export async function registered(
  { secretariat }: Pick<Office, 'secretariat'>,
  who: Client,
  filing: Filing = {},
): Promise<string> {
  const id = await begun(who, filing);
  await filled(who, id, filing);
  expectOk(await move(who, id, 'submit'));
  expectOk(await move(secretariat, id, 'register'));
  return id;
}

export const TESTS = [
  'corroborated',
  'member-of-the-public',
  'party-concerned',
  'not-anonymous',
  'no-abuse',
  'not-manifestly-unreasonable',
  'compatible',
  'domestic-remedies',
  'not-de-minimis',
] as const;

/** Answers a test of admissibility, with the version that the checklist has now. */
export async function answered(who: Client, id: string, test: string, answer = 'pass') {
  const at = `/v1/communications/${id}/admissibility`;
  const { body } = await who.get(at).expect(200);
  const { version } = body as Versioned;
  return who.put(`${at}/${test}`, { answer, reasons: `Why ${test}: ${answer}` }, { version });
}

/** Found admissible, with a curator. */
async function admitted({ chair, experts }: Office, id: string): Promise<void> {
  for (const test of TESTS) expectOk(await answered(chair, id, test));
  expectOk(await curated(chair, id, experts.member.id));
  expectOk(await move(chair, id, 'determine-admissible'));
}

/** Registered, and admitted by the Committee: the Party has it. */
export async function forwarded(
  conducting: Office,
  who: Client,
  filing: Filing = {},
): Promise<string> {
  const id = await registered(conducting, who, filing);
  await admitted(conducting, id);
  return id;
}

function expectOk({ status, body }: { status: number; body: unknown }): void {
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
}

/** Has a member of the Committee say that they may be partial, without stepping aside. */
export async function declared(who: Client, id: string): Promise<string> {
  const said = { ground: 'other', text: 'A few words', stepsAside: false };
  const { body } = await who.post(`/v1/communications/${id}/conflicts`, said).expect(201);
  return (body as Versioned).id;
}

/** Two communications about Slovenia; in the one that is answered, two documents of its delegation. */
export async function complainedOf(
  world: World,
  delegation: Client,
): Promise<{ id: string; conducting: Office; readers: Readonly<Record<string, Client>> }> {
  const conducting = await office(world);
  const ngo = await world.organization('Springs and Meadows');
  const filing = { party: 'SVN', organization: ngo.id };
  await registered(conducting, ngo.head, filing);
  const id = await registered(conducting, ngo.head, filing);
  for (const title of ['More', 'And more']) {
    await delegation
      .post(`/v1/communications/${id}/documents`, { kind: 'further-information', title })
      .expect(201);
  }
  expectOk(await answered(conducting.chair, id, 'compatible'));
  for (const who of [conducting.chair, conducting.member, conducting.member]) {
    await declared(who, id);
  }
  // Who reads what the delegation does not, by the operations.
  const { secretariat: listConflicts, member: listRecusals } = conducting;
  return { id, conducting, readers: { getIntakeReaders: ngo.head, listConflicts, listRecusals } };
}

/** A communication about Kazakhstan, which others are not to see. */
export async function hiddenCommunication(world: World): Promise<string> {
  const conducting = await office(world);
  const ngo = await world.organization('Hills and Dales');
  return registered(conducting, ngo.head, { organization: ngo.id });
}
