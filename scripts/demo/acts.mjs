// What people do in a review. Each act looks first whether it has been done, so that a story that
// was interrupted can be told again from its beginning.
import { readFileSync } from 'node:fs';

const textOf = (name) => readFileSync(new URL(`texts/${name}.txt`, import.meta.url), 'utf8');

/** Records a troika and makes the move that it allows. */
export async function drawTroika(secretariat, review, { states, drawnOn }) {
  const { items } = await secretariat.get(`/v1/reviews/${review}/participants`);
  if (!items.some(({ role }) => role === 'rapporteur')) {
    const { version } = await secretariat.get(`/v1/reviews/${review}`);
    const draw = {
      states,
      drawnOn,
      meeting: 'organizational meeting (demonstration)',
      witnesses: ['Secretary of the Council (demonstration)'],
    };
    await secretariat.post(`/v1/reviews/${review}/troika`, draw, { version });
  }
  await move(secretariat, review, 'record-troika');
}

export async function move(who, review, name) {
  const url = `/v1/reviews/${review}/moves`;
  const { items } = await who.get(url);
  if (items.some((made) => made.move === name)) return;
  const { version } = await who.get(`/v1/reviews/${review}`);
  await who.post(url, { move: name }, { version });
}

/** Begins a document and uploads its text, the file `text` of texts/; it stays on the desk. */
export async function draft(who, review, { kind, title, symbol, text }) {
  const url = `/v1/reviews/${review}/documents`;
  const { items } = await who.get(`${url}?kind=${kind}&limit=200`);
  const known = items.find((document) => document.title === title);
  const { id } = known ?? (await who.post(url, { kind, title, ...(symbol && { symbol }) }));
  const document = await who.get(`/v1/documents/${id}`);
  if (document.versions[0].texts.length > 0) return document;
  const { version } = document;
  return who.upload(`/v1/documents/${id}/content`, textOf(text), { version });
}

/** Drafts a document and hands it in. */
export async function file(who, review, given) {
  const { id, status, version } = await draft(who, review, given);
  if (status === 'draft') await who.post(`/v1/documents/${id}/submit`, undefined, { version });
}

const listed = async (who, review) =>
  (await who.get(`/v1/reviews/${review}/recommendations?limit=200`)).items;

/** Drafts a recommendation, together with the States `others`; it stays on the desk. */
export async function draftRecommendation(who, review, { text, others = [] }) {
  const known = (await listed(who, review)).find((each) => each.text === text);
  const url = `/v1/reviews/${review}/recommendations`;
  return known ?? who.post(url, { text, with: others });
}

/** Makes a recommendation before all parties. */
export async function recommend(who, review, given) {
  const { id, status, version } = await draftRecommendation(who, review, given);
  if (status !== 'draft') return;
  await who.post(`/v1/recommendations/${id}/submit`, undefined, { version });
}

/** Confirms that the State of `who` makes a recommendation too. */
export async function confirm(who, review, text) {
  const { id, recommendingStates } = (await listed(who, review)).find((each) => each.text === text);
  const own = recommendingStates.find(({ state }) => state === who.state);
  if (own.status === 'invited') await who.post(`/v1/recommendations/${id}/confirm`, {});
}

/** Gives recommendations their labels from the report, by their texts. */
export async function label(secretariat, review, labels) {
  const given = (await listed(secretariat, review))
    .filter((item) => item.label === null)
    .map(({ id, text }) => ({ id, label: labels.get(text) }));
  if (given.length === 0) return;
  await secretariat.post(`/v1/reviews/${review}/recommendations/labels`, { labels: given });
}

/** Circulates the list of recommendations, and has each member of the troika sign the draft report off. */
export async function signOff(secretariat, troika, review) {
  const url = `/v1/reviews/${review}`;
  const { items: lists } = await secretariat.get(`${url}/circulations`);
  if (lists.length === 0) await secretariat.post(`${url}/circulations`);
  const { items } = await secretariat.get(`${url}/documents?kind=working-group-report`);
  const { id: documentId, versions } = await secretariat.get(`/v1/documents/${items[0].id}`);
  const version = versions.length;
  const { items: signed } = await secretariat.get(`${url}/sign-offs`);
  for (const who of troika) {
    if (signed.some(({ side }) => side === `state:${who.state}`)) continue;
    await who.post(`${url}/sign-offs`, { documentId, version });
  }
}

/** Pledges of the State under review, made before all parties. */
export async function pledge(who, review, text) {
  const url = `/v1/reviews/${review}/pledges`;
  const { items } = await who.get(url);
  const known = items.find((each) => each.text === text);
  const { id, status, version } = known ?? (await who.post(url, { text }));
  if (status === 'draft') await who.post(`/v1/pledges/${id}/submit`, undefined, { version });
}

/**
 * Gives positions together: `answers` are `{text, position, statedPosition?, comment?}`. `where`
 * names the occasion, for there are several.
 */
export async function answer(who, review, where, answers) {
  const items = await listed(who, review);
  let prepared = 0;
  for (const { text, ...position } of answers) {
    const { id, position: given } = items.find((each) => each.text === text);
    if (given) continue;
    const url = `/v1/recommendations/${id}/position`;
    const { version } = await who.get(url);
    if (version === 0) await who.put(url, position, { version });
    prepared += 1;
  }
  if (prepared === 0) return;
  await who.post(`/v1/reviews/${review}/positions`, {}, { step: where });
}
