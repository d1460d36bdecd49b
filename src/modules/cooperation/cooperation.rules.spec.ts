import { describe, expect, it } from '@jest/globals';
import type { Definition } from '../../kernel/definition.js';
import { stepsOf } from './cooperation.rules.js';

const due = new Date('2027-09-23T08:00:00Z');
const definition = {
  documents: [{ kind: 'addendum', deadline: 'positions' }],
} as unknown as Definition;
const addendum = { kind: 'addendum', submittedAt: new Date('2027-09-01T08:00:00Z'), late: false };

const stepsAt = (now: string, seen: object) =>
  stepsOf({
    definition,
    documents: [],
    handedIn: [],
    deadlines: [{ key: 'positions', due }],
    moves: [{ move: 'close-positions', enteredAt: new Date('2027-08-01T08:00:00Z') }],
    participants: [],
    requests: [],
    plenary: undefined,
    now: new Date(now),
    ...seen,
  });
const addendumAt = (now: string, seen: object) =>
  stepsAt(now, seen).find(({ step }) => step === 'addendum');

describe('the step of a document', () => {
  it('is told of one that is not seen when its deadline is over, and not before', () => {
    const handedIn = [addendum];
    expect(addendumAt('2027-09-02T08:00:00Z', { handedIn })).toMatchObject({ status: 'open' });
    expect(addendumAt('2027-09-24T08:00:00Z', { handedIn })).toMatchObject({
      status: 'done',
      at: addendum.submittedAt,
    });
  });

  it('is told of one that is seen at once, and whether it came in time', () => {
    const documents = [addendum];
    expect(addendumAt('2027-09-02T08:00:00Z', { documents })).toMatchObject({ status: 'done' });
    const late = [{ ...addendum, late: true }];
    expect(addendumAt('2027-09-24T08:00:00Z', { handedIn: late })).toMatchObject({
      status: 'late',
    });
  });

  it('is missed when nothing came, whatever move met the deadline', () => {
    expect(addendumAt('2027-09-24T08:00:00Z', {})).toMatchObject({ status: 'missed', at: due });
  });
});

describe('the appearance in the plenary', () => {
  const appearance = (seen: object) =>
    stepsAt('2027-09-24T08:00:00Z', seen).find(({ step }) => step === 'appearance');
  const silent = { plenary: { spokeAt: null, recorded: true, until: 'adopt-outcome' } };

  it('is told by what the State said there, where that is kept', () => {
    const plenary = { ...silent.plenary, spokeAt: due };
    expect(appearance({ plenary })).toMatchObject({ status: 'done', at: due });
    expect(appearance({})).toMatchObject({ status: 'not-recorded', at: null });
  });

  it('is missed when the outcome was adopted in its silence, and not before', () => {
    expect(appearance(silent)).toMatchObject({ status: 'open', at: null });
    const moves = [{ move: 'adopt-outcome', enteredAt: due }];
    expect(appearance({ ...silent, moves })).toMatchObject({ status: 'missed', at: due });
    const unkept = { plenary: { ...silent.plenary, recorded: false }, moves };
    expect(appearance(unkept)).toMatchObject({ status: 'not-recorded', at: null });
  });
});
