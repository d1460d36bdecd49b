/** What a State says of recommendations, in the words of reports and addenda. */
export type Stance = 'supported' | 'noted';

const NOTED = [
  // "does not enjoy the support", "cannot accept", "is not in a position to support"
  String.raw`(?:\bnot|cannot|n['’]t|\bunable to)\s+(?:\w+\s+){0,5}?(?:accept|support|agree|enjoy)\w*`,
  String.raw`\b(?:partial(?:ly)?|in part)\s+(?:accept|support)\w*`,
  String.raw`\b(?:accept|support)\w*\s+(?:partially|in part)\b`,
  String.raw`\b(?:reject|declin)(?:s|es|ed)\b`,
  String.raw`\b(?:takes?|taken|taking)\s+(?:due\s+)?note\s+of\b`,
  String.raw`\bnote[sd]?\b(?!\s+(?:that|with)\b)`,
].join('|');

const SUPPORTED = [
  String.raw`\benjoy\w*\s+(?:(?:the|its|their|full)\s+)*support\b`,
  String.raw`\baccept(?:s|ed)?\b`,
  String.raw`\bsupport(?:s|ed)?\b(?!\s+(?:of|for|to)\b)`,
  String.raw`\bagree[sd]?\s+(?:to|with)\b`,
].join('|');

const STANCE = new RegExp(`(?<noted>${NOTED})|(?<supported>${SUPPORTED})`, 'gi');
const EXAMINED_LATER = /\b(?:will|to|shall)\s+be\s+(?:\w+\s+)?examined\b|\bwill\s+examine\b/i;
const ANSWERED_LATER =
  /\bwill\s+(?:\w+\s+)?(?:consider|review|provide|respond|reply)|\b(?:responses?|replies|positions?)\b.{0,80}\bwill\b|\bpending\b/i;

/** Every stance in a text, in order. */
export function stancesIn(text: string): { stance: Stance; index: number }[] {
  return [...text.matchAll(STANCE)].map(({ groups, index }) => ({
    stance: groups?.['noted'] === undefined ? 'supported' : 'noted',
    index,
  }));
}

/**
 * What the lead of a list in a Working Group report says of the list: "have been examined … and
 * enjoy the support of", "did not enjoy the support", "have been noted", or `pending`, "will be
 * examined … which will provide responses". Undefined for any other paragraph.
 */
export function readLead(lead: string): Stance | 'pending' | undefined {
  if (EXAMINED_LATER.test(lead)) return 'pending';
  return stancesIn(lead)[0]?.stance ?? (ANSWERED_LATER.test(lead) ? 'pending' : undefined);
}

const SUPPORTED_WORDS = ['supported', 'accepted', 'support', 'accept'];
const NOTED_WORDS = ['noted', 'note', 'rejected', 'not accepted', 'not supported', 'not support'];
const UNANSWERED_WORDS = ['', 'pending', 'no response', 'general response', 'unanswered'];

/**
 * The position column of an export. "Accepted" in older ones is support; a State cannot reject,
 * and support for a part ("Supported/Noted", "Partially accepted") counts as noted.
 */
export function readPosition(
  printed: string,
): { position: Stance; part?: true; unanswered?: true } | undefined {
  const word = printed.toLowerCase().replace(/\s+/g, ' ').trim();
  if (SUPPORTED_WORDS.includes(word)) return { position: 'supported' };
  if (NOTED_WORDS.includes(word)) return { position: 'noted' };
  if (UNANSWERED_WORDS.includes(word) || /clear position/.test(word)) {
    return { position: 'noted', unanswered: true };
  }
  return /part|support\w*\s*\/\s*not|accept\w*\s*\/\s*not/.test(word)
    ? { position: 'noted', part: true }
    : undefined;
}
