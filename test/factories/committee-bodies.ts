const NOBODY = '5f1d7a2e-9c3b-4b6e-8f0a-000000000000';

/** Of all that is asked about committees of experts. */
export const COMMITTEE_BODIES = {
  addMember: {
    email: 'nobody@comity.test',
    name: 'Ana Novak',
    nationalities: ['SVN'],
    basis: 'elected',
    from: '2025-11-20',
  },
  endTerm: { on: '2027-03-01', reason: 'a reason' },
  putCurator: { member: NOBODY, reason: 'in turn' },
  declareConflict: { ground: 'other', text: 'words', stepsAside: false },
  challengeMember: { member: NOBODY, ground: 'other', text: 'words' },
  decideConflict: { recused: true, reason: 'a reason' },
};
