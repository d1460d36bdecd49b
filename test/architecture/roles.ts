const suffixes = 'module controller schemas service rules entity repository presenter jobs'.split(
  ' ',
);

/** What a use case does, in a file `verb-noun.ts`. A verb that is missing is entered here. */
const verbs = new Set(
  `accept accredit add adopt advance amend announce answer append apply appoint assign attach authenticate begin cancel carry
  change check choose circulate close compare confirm convert count create decide declare derive describe
  draw end enter erase exclude expire explain export file fill find finish gather give grant hand import invite issue
  join keep label leave list load lock lodge mark measure migrate move note offer open parse plan post
  prepare propose publish read rebuild receive recompute record recuse redeem refuse register relay
  release remove render replace reschedule resolve restore revise revoke rotate run schedule seal
  search seat select send serve set settle share show sign split stage start stop store stream submit swap sweep take tell throttle track
  unpack update upload validate verify vote waive watch withdraw withhold write`.split(/\s+/),
);

/**
 * The role of a module's file by its name; null when there is none. A spec has the role of the
 * file that it stands beside.
 */
export function roleOf(fileName: string): string | null {
  const name = fileName.replace(/(\.spec)?\.ts$/, '');
  if (name === 'index') return 'index';
  const [, suffix] = /^[a-z0-9]+(?:-[a-z0-9]+)*\.([a-z]+)$/.exec(name) ?? [];
  if (suffix) return suffixes.includes(suffix) ? suffix : null;
  const [, verb] = /^([a-z]+)(?:-[a-z0-9]+)+$/.exec(name) ?? [];
  return verb && verbs.has(verb) ? 'use case' : null;
}
