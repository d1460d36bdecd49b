// A review whose documents are out: States recommend ahead of the dialogue.
import { draftRecommendation, drawTroika, file, move, recommend } from './acts.mjs';

/** @param review the id of the review, in any stage */
export async function playEstonia(people, { day }, review) {
  const { secretariat, estonia, fiji, kenya, ngo, 'costa-rica': costaRica } = people;
  const symbol = (end) => `DEMO/WG.6/902/EST/${end}`;
  const drawnOn = day(-20);
  await drawTroika(secretariat, review, { states: ['JPN', 'KEN', 'URY'], drawnOn });

  await file(ngo, review, {
    kind: 'stakeholder-submission',
    title: 'Open courts in Estonia (demonstration)',
    text: 'estonia-submission',
  });
  await file(estonia, review, {
    kind: 'national-report',
    title: 'National report of Estonia (demonstration)',
    symbol: symbol(1),
    text: 'estonia-national-report',
  });
  await file(secretariat, review, {
    kind: 'compilation',
    title: 'Compilation on Estonia (demonstration)',
    symbol: symbol(2),
    text: 'estonia-compilation',
  });
  await file(secretariat, review, {
    kind: 'stakeholder-summary',
    title: 'Summary of stakeholders’ submissions on Estonia (demonstration)',
    symbol: symbol(3),
    text: 'estonia-stakeholder-summary',
  });
  await move(secretariat, review, 'issue-documents');

  await recommend(fiji, review, {
    text: 'Keep counters beside online services in every municipality (demonstration)',
  });
  // Kenya has not confirmed yet: whoever signs in for it may.
  await recommend(costaRica, review, {
    text: 'Offer court interpreters by video in all county courts (demonstration)',
    others: ['KEN'],
  });
  await draftRecommendation(kenya, review, {
    text: 'Invite schools to visit courts, and publish how many do (demonstration)',
  });
}
