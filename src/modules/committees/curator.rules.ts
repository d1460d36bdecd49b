import type { Definition } from '../../kernel/definition.js';
import { refusal, type Refusal } from '../../kernel/refusal.js';
import { holdsOn, type Member } from './members.rules.js';

/** The member who prepares a case, as the parameters of a definition describe them. */
export interface CuratorRules {
  readonly role: string;
  /** Roles that name them. */
  readonly by: readonly string[];
  readonly during: readonly string[];
}

export const CURATOR_PARAMETERS = ['curator.by', 'curator.from', 'curator.until'] as const;

/** Stages from one to another, in the definition’s order, but those that end it. */
function between({ stages }: Definition, from: unknown, until: unknown): string[] {
  const at = (name: unknown): number => stages.findIndex(({ stage }) => stage === name);
  const [first, last] = [at(from), at(until)];
  return stages
    .filter(({ final }, n) => first >= 0 && n >= first && n <= last && final !== true)
    .map(({ stage }) => stage);
}

/** Undefined where the procedure has no curator. */
export function curatorRulesOf(definition: Definition): CuratorRules | undefined {
  const role = definition.roles.find(({ holder }) => holder === 'member')?.role;
  const [by, from, until] = CURATOR_PARAMETERS.map((name) => definition.parameters[name]);
  if (role === undefined || by === undefined) return undefined;
  return { role, by: String(by).split(' '), during: between(definition, from, until) };
}

/** What stands against having this member prepare a case about a Party. */
export function curatorRefused(
  member: Member,
  { party, recused, day }: { party: string; recused: readonly string[]; day: string },
): Refusal | null {
  if (!holdsOn(member, day)) return refusal('term-over', { member: member.id });
  if (recused.includes(member.id)) return refusal('member-recused', { member: member.id });
  const national = member.nationalities.includes(party);
  return national ? refusal('curator-national', { member: member.id, party }) : null;
}
