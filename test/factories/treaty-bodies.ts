/** Of all that is asked about the Parties to a treaty: bodies of the right shape. */
export const TREATY_BODIES = {
  addParties: { parties: [{ state: 'ZMB', from: '2027-01-01' }] },
  addOptOuts: {
    optOuts: [
      { state: 'SVN', procedure: 'communications', from: '2027-01-01', until: '2028-01-01' },
    ],
  },
  changeParty: { item: '5f1d7a2e-9c3b-4b6e-8f0a-000000000000', source: 'A notification' },
};
