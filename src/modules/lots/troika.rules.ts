import type { Fault, Round } from '../../kernel/choices.js';
import type { Definition } from '../../kernel/definition.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { stateOf } from '../../kernel/sides.js';
import type { TroikaRequest } from './lots.entity.js';

export const RAPPORTEUR = 'rapporteur';
/** The body whose members are drawn, where a version of the procedure does not name it. */
const COUNCIL = 'hrc';

interface TroikaRules {
  /** Undefined where the procedure has no troika. */
  readonly seats: number | undefined;
  readonly body: string;
  readonly substitutions: number;
}

/** @throws Error where they are to be distinct by something that nobody looks up */
export function troikaRulesOf({ parameters }: Definition): TroikaRules {
  const { 'troika.seats': seats, 'troika.distinctBy': distinctBy = 'region' } = parameters;
  if (distinctBy !== 'region') throw new Error(`a troika distinct by ${distinctBy}`);
  return {
    seats: seats as number | undefined,
    body: String(parameters['troika.body'] ?? COUNCIL),
    substitutions: Number(parameters['troika.substitutions'] ?? 0),
  };
}

interface Participants {
  readonly participants: readonly { readonly role: string; readonly principal: string }[];
}

/** Codes of the States that are rapporteurs. */
export const sittingIn = ({ participants }: Participants): string[] =>
  participants.flatMap(({ role, principal }) =>
    role === RAPPORTEUR ? (stateOf(principal) ?? []) : [],
  );

type Requested = Pick<TroikaRequest, 'kind' | 'status' | 'rapporteur'>;

/** Those who were rapporteurs here and are to be no more. */
export const formerOf = (requests: readonly Requested[]): string[] =>
  requests.flatMap(({ status, rapporteur }) => (status === 'granted' ? (rapporteur ?? []) : []));

interface Need {
  readonly subject: string;
  readonly vacant: number;
  readonly sitting: readonly string[];
  readonly requests: readonly Requested[];
  /** Regional group by code. */
  readonly groups: ReadonlyMap<string, string>;
}

const sorted = (all: readonly string[]): string[] => [...new Set(all)].toSorted();

/**
 * What is drawn for one review (res. 5/1, annex, paras. 18 (d), 19 and 20): members of different
 * regional groups, not the State under review, none who sat here before; one from the State's own
 * group, where it has asked for that and none sits yet.
 */
export function roundOf({ subject, vacant, sitting, requests, groups }: Need): Round {
  const groupsTaken = sorted(sitting.flatMap((state) => groups.get(state) ?? []));
  const asked = requests.some(({ kind }) => kind === 'own-region');
  const own = groups.get(subject) ?? null;
  return {
    for: subject,
    seats: vacant,
    excluded: sorted([subject, ...sitting, ...formerOf(requests)]),
    groupsTaken,
    groupForced: asked && own !== null && !groupsTaken.includes(own) ? own : null,
  };
}

const BECAUSE: Readonly<Record<string, string>> = {
  'outside-pool': 'not-a-member',
  'no-group': 'no-regional-group',
  'same-group': 'same-regional-group',
  'group-missing': 'own-region-missing',
};

/** Why a troika that was drawn by hand is none. */
export function troikaRefused({ because, facts }: Fault, subject: string | null): Refusal {
  const { drawn, ...others } = facts;
  const states = Array.isArray(drawn) ? { states: drawn as string[] } : { drawn };
  const reviewed = because === 'excluded' && states.states?.includes(subject ?? '');
  const named = reviewed ? 'under-review' : (BECAUSE[because] ?? because);
  return refusal('troika-invalid', { because: named, ...states, ...others });
}
