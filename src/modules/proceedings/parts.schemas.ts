import { z } from 'zod';
import { byId, date } from '../../platform/http/fields.js';
import { operation } from '../../platform/http/operation.js';
import { pageOf, pageQuery, wholeQuery } from '../../platform/http/paging.js';
import * as shared from './proceedings.schemas.js';

/** A family of proceedings, as the contract speaks of it. */
export interface Family {
  /** Also what its addresses begin with. */
  readonly tag: 'reviews' | 'communications';
  /** With its article: `a review`. */
  readonly noun: string;
  /** The id of an operation in this family. */
  readonly named: (id: string) => string;
}

const pages = {
  moves: pageOf(shared.moveMade).meta({ id: 'MovesMade' }),
  deadlines: pageOf(shared.deadline).meta({ id: 'Deadlines' }),
  participants: pageOf(shared.participant).meta({ id: 'Participants' }),
  journal: pageOf(shared.entry).meta({ id: 'Journal' }),
};

/** What every proceeding tells, at the addresses of its family. */
export function partsOf({ tag, noun, named }: Family) {
  const read = <Q extends z.ZodObject, R extends z.ZodType>(
    id: string,
    path: string,
    told: { readonly summary: string; readonly description: string; query: Q; returns: R },
  ) =>
    operation({
      id: named(id),
      method: 'GET',
      path: `/v1/${tag}/{id}/${path}`,
      tag,
      params: byId,
      ...told,
    });
  const none = z.strictObject({});
  return {
    listMoves: read('listMoves', 'moves', {
      summary: `The stages of ${noun}, as they were entered`,
      description: 'The first is the opening.',
      query: wholeQuery,
      returns: pages.moves,
    }),
    listDeadlines: read('listDeadlines', 'deadlines', {
      summary: `The deadlines of ${noun}, with everything that happened to each`,
      description: 'In the order of their instants. `status` says what became of each.',
      query: wholeQuery,
      returns: pages.deadlines,
    }),
    listParticipants: read('listParticipants', 'participants', {
      summary: `Who takes part in ${noun}, and as what`,
      description: 'With the ground on which each takes part.',
      query: wholeQuery,
      returns: pages.participants,
    }),
    verifyJournal: read('verifyJournal', 'journal/verification', {
      summary: 'Check every chain of the journal that I may read',
      description:
        'Recomputes every hash. `firstBroken` is the first entry that does not fit, if any.',
      query: none,
      returns: shared.verification,
    }),
    readJournal: read('readJournal', 'journal', {
      summary: `The journal of ${noun}: the chains that I may read, one after the other`,
      description:
        'Each chain is numbered and hashed for itself, so that whoever reads it can check it.',
      query: z.strictObject({
        ...pageQuery,
        compartment: shared.compartment.optional().meta({ description: 'This chain alone' }),
      }),
      returns: pages.journal,
    }),
    proveJournal: read('proveJournal', 'journal/proof', {
      summary: 'How a chain of the journal stands under the root published for a day',
      description: 'The latest root unless a day is named. With the entries it is checked offline.',
      query: z.strictObject({
        compartment: shared.compartment.default('case').meta({ description: 'The chain' }),
        day: date.optional().meta({ description: 'The day whose root is meant' }),
      }),
      returns: shared.headProof,
    }),
  };
}
