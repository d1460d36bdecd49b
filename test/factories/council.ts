import type { World } from './world.js';

/** A small Council, by regional group. */
export const COUNCIL: Readonly<Record<string, readonly string[]>> = {
  african: ['GHA', 'KEN', 'SEN'],
  'asia-pacific': ['FJI', 'JPN', 'THA'],
  'eastern-european': ['ALB', 'EST'],
  grulac: ['BRA', 'CRI'],
  weog: ['FRA', 'NOR', 'PRT'],
};
const GROUPS = new Map(
  Object.entries(COUNCIL).flatMap(([group, all]) => all.map((state) => [state, group] as const)),
);
export const groupOf = (state: string): string | undefined => GROUPS.get(state);

/** Enters terms on the Council; of all of it unless some are named. */
export async function seatCouncil(
  { secretariat }: World,
  states: readonly string[] = [...GROUPS.keys()],
): Promise<void> {
  const seats = states.map((state) => ({ state, from: '2026-01-01', source: 'A/80/PV.1' }));
  await secretariat.post('/v1/bodies/hrc/seats', { seats }).expect(200);
}

export const KNOWN_FROM = '2027-01-12T09:00:00.000Z';
export const publicValue = {
  source: 'Closing value of an index on 11 January 2027',
  knownFrom: KNOWN_FROM,
};

export interface Lot {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly commitment: string;
  readonly seed: string | null;
  readonly input: { readonly draw: { readonly pool: { key: string; group: string | null }[] } };
  readonly result: { readonly for: string | null; readonly drawn: string[] }[] | null;
}

/** Announces a lot of a review or a session (`reviews/…`, `sessions/…`). */
export async function announce({ secretariat }: World, of: string, purpose: string): Promise<Lot> {
  const asked = { purpose, publicValue };
  return (await secretariat.post(`/v1/${of}/lots`, asked).expect(201)).body as Lot;
}

/** Draws it, once its public value is known. */
export async function draw(world: World, { id, version }: Lot, value = '4711.08'): Promise<Lot> {
  const url = `/v1/lots/${id}/draw`;
  const { body } = await world.secretariat
    .post(url, { publicValue: value }, { version })
    .expect(200);
  return body as Lot;
}

/** The troika of a review, as `GET …/troika` shows it. */
export interface Troika {
  readonly vacant: number;
  readonly rapporteurs: { state: string; group: string }[];
  readonly requests: { id: string; kind: string; status: string; version: number }[];
  readonly substitutionsLeft: number;
  readonly ownRegion: boolean;
  readonly version: number;
}
